;; Prints each datum of the file that is named as numbers of characters: it reads, and runs nothing.
(use-modules (ice-9 match) (json))

(define (spelled datum)
  (match datum
    ((? string?) (list->vector (cons "string" (map char->integer (string->list datum)))))
    ((? symbol?) (list->vector (cons "symbol" (map char->integer (string->list (symbol->string datum))))))
    ((? keyword?) (vector "keyword" (symbol->string (keyword->symbol datum))))
    ((parts ...) (list->vector (cons "list" (map spelled parts))))
    (other (vector "other" (object->string other)))))

(call-with-input-file (cadr (command-line))
  (lambda (port)
    (let loop ((datum (read port)))
      (unless (eof-object? datum)
        (scm->json (vector (spelled datum)))
        (newline)
        (loop (read port)))))
  #:encoding "UTF-8")
