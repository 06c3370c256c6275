;; tuned@0.3 for zen4, as its spec and lock say. Written by envc.
;; An image for Docker or Podman, one for Apptainer, and an archive to unpack and run:
;; guix time-machine -C channels.scm -- pack --system=x86_64-linux -f docker -S /bin=bin -m manifest.scm
;; guix time-machine -C channels.scm -- pack --system=x86_64-linux -f squashfs -S /bin=bin -m manifest.scm
;; guix time-machine -C channels.scm -- pack --system=x86_64-linux -RR -S /bin=bin -m manifest.scm
;; Closure: sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc

(use-modules (gnu packages)
             (guix profiles)
             (guix transformations))

(define tuned
  (options->transformation '((tune . "znver4"))))

(packages->manifest (list (load "package.scm")
                          (tuned (specification->package "gsl@2.8"))
                          (specification->package "bash")))
