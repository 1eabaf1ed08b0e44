;; trap(): ends at once with a trap
(module
  (func (export "trap")
    unreachable))
