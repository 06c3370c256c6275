;; Written by envc: toolchains of Guix whose compilers get options of their own, before all that a
;; build says. A shell or an image of a manifest has no other place for them.
(use-modules (gnu packages)
             (guix build-system trivial)
             (guix gexp)
             (guix packages))

(define shell
  (file-append (specification->package "bash") "/bin/sh"))

(define (with-options toolchain compilers)
  "TOOLCHAIN but for those of COMPILERS that it has: each is the names by which builds call it, its
program, and a script in whose place it stands, with the words `shell' and `program' for paths."
  (package
    (inherit toolchain)
    (build-system trivial-build-system)
    (outputs '("out"))
    (inputs '())
    (native-inputs '())
    (propagated-inputs '())
    (arguments
     (list
      #:modules '((guix build utils))
      #:builder
      #~(begin
          (use-modules (guix build utils)
                       (ice-9 ftw)
                       (ice-9 match))
          (define bin
            (string-append #$output "/bin"))
          (define (link-all from to)
            (mkdir-p to)
            (for-each (lambda (name)
                        (symlink (string-append from "/" name)
                                 (string-append to "/" name)))
                      (scandir from
                               (lambda (name)
                                 (not (member name
                                              '("." ".." "bin")))))))
          (define (write-script file parts program)
            (when (file-exists? file)
              (delete-file file))
            (call-with-output-file file
              (lambda (port)
                (for-each (lambda (part)
                            (display (match part
                                       ('shell #$shell)
                                       ('program program)
                                       (text text)) port)) parts)
                (chmod port #o755))))
          (define (add-compiler names program parts)
            (let ((real (string-append #$toolchain "/bin/" program)))
              (when (file-exists? real)
                (for-each (lambda (name)
                            (write-script (string-append bin "/" name) parts
                                          real)) names))))
          (link-all #$toolchain
                    #$output)
          (link-all (string-append #$toolchain "/bin") bin)
          (for-each (lambda (each)
                      (apply add-compiler each))
                    '#$compilers))))))

with-options
