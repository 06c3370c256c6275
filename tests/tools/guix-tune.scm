;; Print, for every compiler that a Guix can tune with, the names that its --tune takes:
;;   guix 1.5.0 14.3.0
;;   gcc 14.3.0 x86_64 znver4 …
(use-modules (guix packages) (guix config) (srfi srfi-1) (srfi srfi-26))

(define %modules
  '((gnu packages gcc) (gnu packages golang) (gnu packages rust) (gnu packages zig)))

(define (packages-of module)
  "All packages that MODULE binds, hidden ones too."
  (filter-map (lambda (variable)
                (and (variable-bound? variable)
                     (package? (variable-ref variable))
                     (variable-ref variable)))
              (hash-map->list (lambda (name variable) variable)
                              (module-obarray (resolve-interface module)))))

(define (print-names package)
  (for-each (lambda (names)
              (format #t "~a ~a ~a~{ ~a~}~%" (package-name package) (package-version package)
                      (car names) (cdr names)))
            (or (assoc-ref (package-properties package) 'compiler-cpu-architectures) '())))

;; The second word is the gcc that Guix builds packages with unless told otherwise.
(format #t "guix ~a ~a~%" %guix-version (package-version (@ (gnu packages gcc) gcc)))
(for-each print-names
          (filter (lambda (package)
                    (member (package-name package) '("gcc" "go" "rust" "zig")))
                  (append-map packages-of %modules)))
