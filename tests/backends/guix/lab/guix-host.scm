;; guile guix-host.scm COMMAND…: the `guix` of this machine, whose builds see Debian's programs.
(add-to-load-path "/envc")
(use-modules (guix packages) (guix serialization) (guix ui) (host))

;; The daemon's own option for this does not work in 1.5.0, but it does what a client asks for.
(let* ((module (resolve-module '(guix serialization)))
       (write-pairs (module-ref module 'write-string-pairs)))
  (module-set! module 'write-string-pairs
               (lambda (pairs port)
                 (write-pairs
                  `(("build-extra-chroot-dirs" . "/usr /lib /lib64 /bin") ,@pairs)
                  port))))

(define (replace-packages! module text . names)
  (for-each (lambda (name)
              (let ((variable (module-variable (resolve-module module) name)))
                (when variable
                  (variable-set! variable (stand-in (variable-ref variable) text)))))
            names))

(replace-packages! '(gnu packages bootstrap) guile-program '%bootstrap-guile)
(replace-packages! '(gnu packages bootstrap) programs '%bootstrap-coreutils&co)
(replace-packages! '(gnu packages guile) guile-program 'guile-3.0 'guile-3.0-latest)
(replace-packages! '(gnu packages guile) nothing 'guile-json-3 'guile-json-4 'guile-sqlite3
                   'guile-zlib 'guile-zstd 'guile-lzlib)
(replace-packages! '(gnu packages gnupg) nothing 'guile-gcrypt)
(replace-packages! '(gnu packages commencement) guile-program 'guile-final)
(replace-packages! '(gnu packages base) programs 'tar)
(replace-packages! '(gnu packages bash) programs 'bash)
(replace-packages! '(gnu packages base) nothing 'glibc-utf8-locales)
(replace-packages! '(gnu packages compression) programs 'gzip 'xz 'zstd)
(replace-packages! '(gnu packages ninja) programs 'ninja 'ninja/pinned)
(replace-packages! '(gnu packages file-systems) programs 'squashfs-tools)
;; Indexes of manuals and fonts, which would need Guix' own programs.
(module-set! (resolve-module '(guix profiles)) '%default-profile-hooks '())

(apply guix-main "guix" (cdr (command-line)))
