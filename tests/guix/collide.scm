;; guix repl -- collide.scm SPECIFICATION[,SPECIFICATION...]...
;; For each set, whether Guix makes a profile of it: `fine` or what collides.
(use-modules (gnu packages) (guix monads) (guix profiles) (guix store)
             (srfi srfi-34) (ice-9 match))

(define (say store specifications)
  (guard (c ((profile-collision-error? c)
             (manifest-entry-name (profile-collision-error-entry c))))
    (run-with-store store
      (check-for-collisions (specifications->manifest specifications) "x86_64-linux"))
    "fine"))

(with-store store
  (for-each (lambda (set)
              (format #t "~a\t~a~%" set (say store (string-split set #\,))))
            (cdr (command-line))))
