;; What a Guix knows of packages, one JSON object a line.
;;
;;   guix repl -- tell.scm SYSTEMS TUNINGS [NAME...]
;;
;; SYSTEMS:  x86_64-linux,aarch64-linux   the systems whose store paths are told; - for none
;; TUNINGS:  x86_64-linux=znver4,...      for which CPUs also; - for none
;; NAME:     the packages to tell about, or every public one
;;
;; What the packages propagate is told too, for it lies in a profile beside them. Nothing is built:
;; a store path follows from a derivation.

(use-modules (gnu packages) (guix derivations) (guix licenses) (guix packages) (guix store)
             (guix transformations) (guix utils)
             (json) (srfi srfi-1) (srfi srfi-26) (ice-9 match))

(define %known-systems
  '("x86_64-linux" "aarch64-linux" "powerpc64le-linux" "riscv64-linux"))

(define (listed text)
  (if (string=? text "-") '() (string-split text #\,)))

(define-values (%systems %tunings %names)
  (match (cdr (command-line))
    ((systems tunings names ...)
     (values (listed systems)
             (map (cut string-split <> #\=) (listed tunings))
             names))))

(define (asked-packages)
  (if (null? %names)
      (fold-packages cons '())
      (append-map find-packages-by-name %names)))

;; ---- what a package says of itself -----------------------------------------------------------

(define (licenses package)
  (let tell ((said (package-license package)))
    (match said
      ((? license? one) (list (license-name one)))
      ((several ...) (delete-duplicates (append-map tell several)))
      (_ '()))))

(define (tunable? package)
  (->bool (tunable-package? package)))

;; ---- where its outputs are -------------------------------------------------------------------

(define (paths store package system)
  (let ((derivation (package-derivation store package system #:graft? #f)))
    (map (lambda (output)
           (cons output (derivation->output-path derivation output)))
         (package-outputs package))))

;; The tuned package stands in for the other as its replacement. What it is made of may be tuned,
;; too; only a build tells the path of such a one, and it is left out.
(define (tuned-paths store package system tuning)
  ;; A compiler that does not know the CPU says so by an exception.
  (or (false-if-exception (paths-of-stand-in store package system tuning)) '()))

(define (paths-of-stand-in store package system tuning)
  (define tune
    (options->transformation `((tune . ,tuning))))
  (define stand-in
    (package-replacement (tune package)))
  (if (null? (run-with-store store (bag-grafts (package->bag stand-in system #f))))
      (paths store stand-in system)
      '()))

(define bag-grafts
  (@@ (guix packages) bag-grafts))

;; ---- all of it -------------------------------------------------------------------------------

(define (propagated package system)
  (parameterize ((%current-system system))
    (filter-map (match-lambda
                  ((_ (? package? input)) (cons input "out"))
                  ((_ (? package? input) output) (cons input output))
                  (_ #f))
                (package-propagated-inputs package))))

(define (propagated->json store inputs system)
  (list->vector
   (map (match-lambda
          ((input . output)
           (vector (package-name input) (package-version input) output
                   (assoc-ref (paths store input system) output))))
        inputs)))

(define (build->json store package system)
  `((system . ,system)
    (paths . ,(paths store package system))
    (propagated . ,(propagated->json store (propagated package system) system))
    (tuned . ,(if (tunable? package)
                  (filter-map (match-lambda
                                ((for tuning)
                                 (and (string=? for system)
                                      (cons tuning
                                            (tuned-paths store package system tuning)))))
                              %tunings)
                  '()))))

(define (public? package)
  (->bool (memq package (find-packages-by-name (package-name package)
                                               (package-version package)))))

(define (package->json store package asked?)
  (define supported
    (filter (cut supported-package? package <>) %known-systems))
  `((name . ,(package-name package))
    (version . ,(package-version package))
    (public . ,(public? package))
    (asked . ,asked?)
    (outputs . ,(list->vector (package-outputs package)))
    (systems . ,(list->vector supported))
    (tunable . ,(tunable? package))
    (superseded . ,(match (package-superseded package)
                     ((? package? successor) (package-full-name successor "@"))
                     (_ 'null)))
    (synopsis . ,(or (package-synopsis package) ""))
    (licenses . ,(list->vector (licenses package)))
    (builds . ,(list->vector
                (filter-map (lambda (system)
                              (and (member system supported)
                                   (false-if-exception (build->json store package system))))
                            %systems)))))

(define (with-propagated packages)
  "PACKAGES and, behind them, all that they propagate on any of the systems."
  (define seen (make-hash-table))
  (let follow ((packages packages))
    (for-each (lambda (package)
                (unless (hashq-ref seen package)
                  (hashq-set! seen package #t)
                  (for-each (lambda (system)
                              (follow (map car (propagated package system))))
                            %systems)))
              packages))
  (hash-map->list (lambda (package _) package) seen))

;; Newest first, as Guix sees it.
(define (before? left right)
  (if (string=? (package-name left) (package-name right))
      (version>? (package-version left) (package-version right))
      (string<? (package-name left) (package-name right))))

(with-store store
  (let ((asked (asked-packages)))
    (for-each (lambda (package)
                (scm->json (package->json store package (->bool (memq package asked)))
                           #:unicode #t)
                (newline))
              (sort (with-propagated asked) before?))))
