;; What lets this Guix build without its long chain of compilers: Debian's programs, which the daemon
;; shows to its builds. What is built so is not what a real Guix builds, and is for tests alone.
(define-module (host)
  #:use-module (gnu packages gcc)
  #:use-module (guix build utils)
  #:use-module (guix build-system)
  #:use-module (guix build-system cmake)
  #:use-module (guix build-system gnu)
  #:use-module (guix derivations)
  #:use-module (guix gexp)
  #:use-module ((guix licenses) #:prefix license:)
  #:use-module (guix monads)
  #:use-module (guix packages)
  #:use-module (guix store)
  #:use-module (guix utils)
  #:use-module (ice-9 match)
  #:export (hosted programs guile-program nothing stand-in))

(define busybox
  (let ((folder "/tmp/busybox-of-the-host"))
    (mkdir-p (string-append folder "/bin"))
    (unless (file-exists? (string-append folder "/bin/busybox"))
      (copy-file "/usr/bin/busybox" (string-append folder "/bin/busybox"))
      (symlink "busybox" (string-append folder "/bin/sh")))
    folder))

(define (script-builder text)
  "A derivation that busybox makes by TEXT, with nothing else in place."
  (lambda* (name inputs #:key (system (%current-system)) #:allow-other-keys)
    (mlet* %store-monad
        ((box (interned-file busybox "busybox" #:recursive? #t))
         (script (text-file (string-append name ".sh")
                            (string-append "box=" box "/bin/busybox\n"
                                           "link() { $box ln -s \"$1\" \"$2\"; }\n"
                                           "folder() { $box mkdir -p \"$1\"; }\n"
                                           text)
                            (list box))))
      (raw-derivation name (string-append box "/bin/busybox") (list "sh" "-eu" script)
                      #:sources (list box script) #:system system))))

(define (stand-in like text)
  "The package LIKE, made by TEXT."
  (package
    (inherit like)
    (build-system
      (build-system
        (name 'host)
        (description "Made of Debian's programs")
        (lower (lambda* (name #:key system target #:allow-other-keys)
                 (bag (name name) (system system) (target target)
                      (build (script-builder text)) (arguments '()))))))
    (outputs '("out")) (arguments '())
    (inputs '()) (native-inputs '()) (propagated-inputs '())))

(define programs
  "folder $out/bin; for each in /usr/bin/*; do link $each $out/bin/${each##*/}; done\n")
(define guile-program
  (string-append "folder $out/bin; "
                 "printf '#!%s sh\\nexec /usr/bin/guile \"$@\"\\n' $box > $out/bin/guile; "
                 "$box chmod +x $out/bin/guile; link /usr/bin/guild $out/bin/guild\n"))
(define nothing
  "folder $out/share/guile/site/3.0; folder $out/lib/guile/3.0/site-ccache; folder $out/lib/locale\n")

(define plain
  (package
    (name "host") (version "1") (source #f) (build-system gnu-build-system)
    (home-page "https://example.org") (synopsis "Debian's programs")
    (description "Debian's programs.") (license license:gpl3+)
    ;; So that `--tune` is held to the names that the compiler knows.
    (properties `((compiler-cpu-architectures
                   . ,(assoc-ref (package-properties gcc-14) 'compiler-cpu-architectures))))))
(define host-programs (stand-in plain programs))
(define host-guile (stand-in (package (inherit plain) (name "host-guile")) guile-program))

(define (hosted package*)
  "PACKAGE* by its own source, arguments and phases, with Debian's programs as its only inputs."
  (let ((cmake? (eq? 'cmake (build-system-name (package-build-system package*)))))
    (package
      (inherit package*)
      (build-system (if cmake? cmake-build-system gnu-build-system))
      (inputs '()) (propagated-inputs '()) (native-inputs (list host-programs))
      (arguments
       `(#:implicit-inputs? #f #:guile ,host-guile #:validate-runpath? #f
         ,@(if cmake? `(#:cmake ,host-programs #:parallel-tests? #f) '())
         ,@(strip-keyword-arguments '(#:cmake) (package-arguments package*)))))))
