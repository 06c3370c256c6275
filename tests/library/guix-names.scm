;; Print what Guix has under each of %names: the name, a version, the outputs.
(use-modules (guix packages) (gnu packages))

(for-each
 (lambda (name)
   (for-each (lambda (package)
               (format #t "~a ~a~{ ~a~}~%" (package-name package) (package-version package)
                       (package-outputs package)))
             (find-packages-by-name name)))
 %names)
