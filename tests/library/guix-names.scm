;; Print what Guix has under each of %names: the name, a version, the outputs, the packages that it
;; brings along, and the versions of Open MPI that it or anything below it was linked with.
(use-modules (guix packages) (gnu packages) (ice-9 match) (srfi srfi-1))

(define (brought package)
  (map (match-lambda
         ((_ (? package? input) . _)
          (string-append (package-name input) "@" (package-version input)))
         (_ ""))
       (package-transitive-propagated-inputs package)))

;; Each package is looked at once: whole graphs of inputs are shared.
(define %linked (make-hash-table))

(define (linked package)
  (or (hashq-ref %linked package)
      (let ((found (if (string=? (package-name package) "openmpi")
                       (list (package-version package))
                       (delete-duplicates
                        (append-map (match-lambda
                                      ((_ (? package? input) . _) (linked input))
                                      (_ '()))
                                    (append (package-inputs package)
                                            (package-propagated-inputs package)))))))
        (hashq-set! %linked package found)
        found)))

(for-each
 (lambda (name)
   (for-each (lambda (package)
               (format #t "~a ~a ~{~a~^,~} ~{~a~^,~} ~{~a~^,~}~%"
                       (package-name package) (package-version package)
                       (package-outputs package) (brought package) (linked package)))
             (find-packages-by-name name)))
 %names)
