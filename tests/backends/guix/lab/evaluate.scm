;; guix repl -- evaluate.scm: reads `SYSTEM TAB MANIFEST` lines; prints, for each, a line of JSON:
;; the store path of the profile and of each entry, or why there is none. Nothing is built.
(use-modules (guix build-system) (guix derivations) (guix diagnostics) (guix gexp) (guix monads)
             (guix packages) (guix profiles) (guix store) (guix ui) (guix utils)
             (ice-9 match) (ice-9 rdelim) (json) (srfi srfi-1) (srfi srfi-34) (srfi srfi-35))

(define (load-file file)
  (load* file (make-user-module '((guix profiles) (gnu)))))

(define (sentence key arguments said)
  "Why it is refused: Guix throws it, or has SAID it and wants to leave."
  (match (cons key arguments)
    (('quit . _) said)
    (('%exception (? formatted-message? said))
     (apply format #f (formatted-message-string said)
            (formatted-message-arguments said)))
    (('%exception (? message-condition? said)) (condition-message said))
    (said (call-with-output-string (lambda (port) (write said port))))))

(define (path-of item output system)
  (mlet %store-monad ((lowered (lower-object item system)))
    (return (if (derivation? lowered)
                (derivation->output-path lowered output)
                lowered))))

(define (inputs-of item system)
  "The store paths of what the application itself is built with."
  (mapm %store-monad
        (match-lambda
          ((label input) (path-of input "out" system))
          ((label input output) (path-of input output system)))
        (append (package-native-inputs item)
                (package-inputs item)
                (package-propagated-inputs item))))

(define (entry->json entry system)
  (mlet %store-monad ((path (path-of (manifest-entry-item entry)
                                     (manifest-entry-output entry) system))
                      (inputs (inputs-of (manifest-entry-item entry) system)))
    (return `((name . ,(manifest-entry-name entry))
              (version . ,(manifest-entry-version entry))
              (output . ,(manifest-entry-output entry))
              (inputs . ,(list->vector inputs))
              (path . ,path)))))

(define (evaluate store system file)
  (parameterize ((%current-system system))
    (let ((manifest (load-file file)))
      (run-with-store store
        (mlet* %store-monad
            ((entries (mapm %store-monad (lambda (entry) (entry->json entry system))
                            (manifest-entries manifest)))
             (profile (profile-derivation manifest #:system system)))
          (return `((profile . ,(derivation->output-path profile))
                    (entries . ,(list->vector entries)))))
        #:system system))))

(with-store store
  (set-build-options store #:use-substitutes? #f #:print-build-trace #f)
  (let loop ((line (read-line)))
    (unless (eof-object? line)
      (match (string-split line #\tab)
        ((system file)
         (let ((port (open-output-string)))
           (scm->json
            (append `((file . ,file) (system . ,system))
                    (catch #t
                      (lambda ()
                        (parameterize ((current-error-port port)
                                       (guix-warning-port port))
                          (evaluate store system file)))
                      (lambda (key . arguments)
                        `((error . ,(sentence key arguments
                                              (get-output-string port))))))))
           (newline)
           (force-output))))
      (loop (read-line)))))
