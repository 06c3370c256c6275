;; tuned@0.3 for zen4, as its spec and lock say. Written by envc.
;; Closure: sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc

(use-modules (gnu packages)
             (guix build-system cmake)
             (guix diagnostics)
             (guix gexp)
             (guix i18n)
             (guix packages)
             (guix transformations)
             (rnrs bytevectors)
             ((guix licenses)
              #:prefix license:)
             ((gcrypt hash)
              #:select (file-sha256)))

(define (checked file hash)
  "The FILE, which has to have this SHA-256."
  (let ((name (local-file-absolute-file-name file)))
    (unless (bytevector=? (file-sha256 name) hash)
      (leave (G_ "~a: not the file that is locked~%") name)) file))

(define tuned
  (options->transformation '((tune . "znver4"))))

(define toolchain
  (list (list "gcc-toolchain"
              (specification->package "gcc-toolchain@14.3.0"))))

(define add-compilers
  #~(lambda (names program options linking)
      (let* ((folder (string-append (getenv "NIX_BUILD_TOP") "/compilers"))
             (path (list->search-path-as-string (delete folder
                                                        (search-path-as-string->list
                                                         (getenv "PATH"))) ":"))
             (real (which program)))
        (mkdir-p folder)
        (for-each (lambda (name)
                    (call-with-output-file (string-append folder "/" name)
                      (lambda (port)
                        (format port
                         "#!~a
# With the path as it was, where `guix build --tune` may have put a compiler of its own.
export PATH='~a'
real=~a
for word; do
  case $word in
    -c | -S | -E | -M | -MM | -fsyntax-only) links=never ;;
    -*) ;;
    *) links=${links:-yes} ;;
  esac
done
set -- ~a \"$@\"
[ \"$links\" != yes ] || set -- \"$@\" ~a
exec \"$real\" \"$@\"
"
                         (which "sh")
                         path
                         real
                         options
                         linking)
                        (chmod port #o755)))) names)
        (setenv "PATH"
                (string-append folder ":" path)))))

(define tuned-0.3
  (package
    (name "tuned")
    (version "0.3")
    (source
     (checked (local-file "inputs/source.tar")
              (base32 "00y7b334n37ckjdglv9m51s0n29djy5s1ajfx6xnzbnzmil4k668")))
    (build-system cmake-build-system)
    (arguments
     (list
      #:cmake (specification->package "cmake@4.1.3")
      #:tests? #f
      #:build-type "Release"
      #:phases
      #~(modify-phases %standard-phases
          (replace 'unpack
            (lambda* (#:key source #:allow-other-keys)
              (mkdir "source")
              (chdir "source")
              (invoke "tar" "-xf" source)))
          (add-before 'configure 'add-compiler-options
            (lambda _
              ;; First the options of zen4; what the build says comes later, and counts.
              (#$add-compilers
               '("cc" "gcc") "gcc"
               "-march=znver4 -mtune=znver4 -fno-math-errno"
               "-Wl,-z,x86-64-v4")
              (#$add-compilers
               '("c++" "g++") "g++"
               "-march=znver4 -mtune=znver4 -fno-math-errno"
               "-Wl,-z,x86-64-v4")
              (setenv "CC" "cc")
              (setenv "OMPI_CC" "cc")
              (setenv "MPICH_CC" "cc")
              (setenv "CXX" "c++")
              (setenv "OMPI_CXX" "c++")
              (setenv "MPICH_CXX" "c++"))))))
    (native-inputs (list (specification->package "make@4.4.1")))
    (inputs (list (package-replacement (tuned (specification->package
                                               "gsl@2.8")))))
    (properties '((tunable? . #t)))
    (home-page "https://example.org/tuned")
    (synopsis "Sum of square roots")
    (description
     "Tuned: a sum of square roots.  This package of tuned is built for the CPUs of zen4.")
    (license license:expat)))

(package-with-c-toolchain tuned-0.3 toolchain)
