;; mean(f64, f64): the number half-way between
(module
  (func (export "mean") (param $a f64) (param $b f64) (result f64)
    (f64.div (f64.add (local.get $a) (local.get $b)) (f64.const 2))))
