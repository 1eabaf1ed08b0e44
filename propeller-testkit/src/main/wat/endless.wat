;; endless(): never returns
(module
  (func (export "endless")
    (loop $again
      (br $again))))
