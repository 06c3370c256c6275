;; Print what Guix has under each of %names: the name, a version, the outputs, and the packages
;; that it brings along.
(use-modules (guix packages) (gnu packages) (ice-9 match))

(define (brought package)
  (map (match-lambda
         ((_ (? package? input) . _)
          (string-append (package-name input) "@" (package-version input)))
         (_ ""))
       (package-transitive-propagated-inputs package)))

(for-each
 (lambda (name)
   (for-each (lambda (package)
               (format #t "~a ~a ~{~a~^,~} ~{~a~^,~}~%" (package-name package)
                       (package-version package) (package-outputs package) (brought package)))
             (find-packages-by-name name)))
 %names)
