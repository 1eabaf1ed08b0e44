;; A WASI command that trains for one round of federated learning: logistic regression by SGD on
;; the shard of a synthetic set that PROPLET_ID names, of which nothing leaves but the model.
;;
;; Reads the environment: MODEL_DATA, the global model {"w":[4 numbers],"b":number}, or the same in
;; FL_GLOBAL_UPDATE_B64, or zeros if both are missing; HYPERPARAMS (see
;; io.propeller.testkit.training.TrainingTask); ROUND_ID, PROPLET_ID, MODEL_URI, FL_NUM_SAMPLES.
;; Writes one line of JSON:
;;
;;   {"round_id":…,"proplet_id":…,"base_model_uri":…,"num_samples":…,
;;    "metrics":{"loss":…,"accuracy":…},"update":{"w":[…],"b":…}}
;;
;; The metrics are those of the global model on the shard, before it is trained. Numbers have nine
;; decimals. What cannot be computed or written so (another number of weights, a NaN) traps.
;;
;; io.propeller.testkit.training.TrainingData makes the same shards: a change here is one there.
(module
  (import "wasi_snapshot_preview1" "environ_sizes_get"
    (func $environ_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get"
    (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))

  ;; 0, 4: number and size of the variables; 8: what fd_write is given; 60: an empty text;
  ;; 64 and up: names; 1024: the model, five f64; 1088: the model as it came; 1152: the centre of
  ;; the ones, whose opposite is that of the zeros; 1184: how widely they spread around it. The
  ;; rest is in pages of its own.
  (memory (export "memory") 1)
  (data (i32.const 64) "MODEL_DATA=")
  (data (i32.const 80) "HYPERPARAMS=")
  (data (i32.const 96) "ROUND_ID=")
  (data (i32.const 112) "PROPLET_ID=")
  (data (i32.const 128) "MODEL_URI=")
  (data (i32.const 144) "FL_NUM_SAMPLES=")
  (data (i32.const 160) "FL_GLOBAL_UPDATE_B64=")
  (data (i32.const 192) "\22w\22")
  (data (i32.const 200) "\22b\22")
  (data (i32.const 208) "\22seed\22")
  (data (i32.const 216) "\22shards\22")
  (data (i32.const 232) "\22skew\22")
  (data (i32.const 240) "\22num_samples\22")
  (data (i32.const 256) "\22epochs\22")
  (data (i32.const 272) "\22learning_rate\22")
  (data (i32.const 288) "\22mu\22")
  (data (i32.const 296) "\22poisoned\22")
  (data (i32.const 384) "{\22round_id\22:\22")
  (data (i32.const 400) "\22,\22proplet_id\22:\22")
  (data (i32.const 424) "\22,\22base_model_uri\22:\22")
  (data (i32.const 448) "\22,\22num_samples\22:")
  (data (i32.const 472) ",\22metrics\22:{\22loss\22:")
  (data (i32.const 496) ",\22accuracy\22:")
  (data (i32.const 512) "},\22update\22:{\22w\22:[")
  (data (i32.const 536) "],\22b\22:")
  (data (i32.const 544) "}}\0a")
  (data (i32.const 560) "0123456789abcdef")

  (global $variables (mut i32) (i32.const 0)) ;; where their addresses are
  (global $at (mut i32) (i32.const 0))        ;; how far a text has been read
  (global $begin (mut i32) (i32.const 0))     ;; the output,
  (global $end (mut i32) (i32.const 0))       ;; and its end so far
  (global $random (mut i64) (i64.const 0))
  (global $shard (mut i32) (i32.const 0))     ;; the samples: four features and the label, as f64
  (global $samples (mut i32) (i32.const 0))

  ;; Takes fresh memory, and traps if there is none.
  (func $take (param $bytes i32) (result i32)
    (local $page i32)
    (local.set $page
      (memory.grow (i32.add (i32.shr_u (local.get $bytes) (i32.const 16)) (i32.const 1))))
    (if (i32.eq (local.get $page) (i32.const -1))
      (then unreachable))
    (i32.shl (local.get $page) (i32.const 16)))

  ;; ---- environment ----

  (func $read_environment
    (local $pointers i32)
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    (local.set $pointers (i32.shl (i32.load (i32.const 0)) (i32.const 2)))
    (global.set $variables
      (call $take (i32.add (local.get $pointers) (i32.load (i32.const 4)))))
    (drop
      (call $environ_get
        (global.get $variables)
        (i32.add (global.get $variables) (local.get $pointers)))))

  (func $begins_with (param $text i32) (param $prefix i32) (param $length i32) (result i32)
    (block $differs
      (loop $next
        (if (i32.eqz (local.get $length))
          (then (return (i32.const 1))))
        (br_if $differs
          (i32.ne (i32.load8_u (local.get $text)) (i32.load8_u (local.get $prefix))))
        (local.set $text (i32.add (local.get $text) (i32.const 1)))
        (local.set $prefix (i32.add (local.get $prefix) (i32.const 1)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (br $next)))
    (i32.const 0))

  ;; The value of a variable whose name ends with "=", as text that ends with a zero byte.
  (func $variable (param $name i32) (param $length i32) (result i32)
    (local $i i32) (local $text i32)
    (block $none
      (loop $next
        (br_if $none (i32.ge_u (local.get $i) (i32.load (i32.const 0))))
        (local.set $text
          (i32.load
            (i32.add (global.get $variables) (i32.shl (local.get $i) (i32.const 2)))))
        (if (call $begins_with (local.get $text) (local.get $name) (local.get $length))
          (then (return (i32.add (local.get $text) (local.get $length)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (i32.const 60))

  ;; The number from 0 to 63 that a character of base64 stands for.
  (func $sextet (param $byte i32) (result i32)
    (if (i32.ge_u (local.get $byte) (i32.const 97))
      (then (return (i32.sub (local.get $byte) (i32.const 71)))))
    (if (i32.ge_u (local.get $byte) (i32.const 65))
      (then (return (i32.sub (local.get $byte) (i32.const 65)))))
    (if (i32.ge_u (local.get $byte) (i32.const 48))
      (then (return (i32.add (local.get $byte) (i32.const 4)))))
    (select
      (i32.const 62)
      (i32.const 63)
      (i32.eq (local.get $byte) (i32.const 43))))

  ;; Decodes base64 into fresh memory, where a zero byte follows.
  (func $decoded (param $text i32) (result i32)
    (local $begin i32) (local $to i32) (local $byte i32) (local $bits i32) (local $held i32)
    (local.set $begin (call $take (i32.load (i32.const 4))))
    (local.set $to (local.get $begin))
    (block $done
      (loop $next
        (local.set $byte (i32.load8_u (local.get $text)))
        (br_if $done (i32.eqz (local.get $byte)))
        (br_if $done (i32.eq (local.get $byte) (i32.const 61)))
        (local.set $bits
          (i32.or
            (i32.shl (local.get $bits) (i32.const 6))
            (call $sextet (local.get $byte))))
        (local.set $held (i32.add (local.get $held) (i32.const 6)))
        (if (i32.ge_u (local.get $held) (i32.const 8))
          (then
            (local.set $held (i32.sub (local.get $held) (i32.const 8)))
            (i32.store8 (local.get $to) (i32.shr_u (local.get $bits) (local.get $held)))
            (local.set $to (i32.add (local.get $to) (i32.const 1)))))
        (local.set $text (i32.add (local.get $text) (i32.const 1)))
        (br $next)))
    (local.get $begin))

  ;; ---- reading JSON, as far as it is needed: a key wherever it stands, and numbers ----

  (func $accept (param $byte i32) (result i32)
    (if (i32.ne (i32.load8_u (global.get $at)) (local.get $byte))
      (then (return (i32.const 0))))
    (global.set $at (i32.add (global.get $at) (i32.const 1)))
    (i32.const 1))

  (func $skip_space
    (loop $again
      (br_if $again (call $accept (i32.const 32)))
      (br_if $again (call $accept (i32.const 9)))
      (br_if $again (call $accept (i32.const 10)))
      (br_if $again (call $accept (i32.const 13)))))

  (func $expect (param $byte i32)
    (call $skip_space)
    (if (i32.eqz (call $accept (local.get $byte)))
      (then unreachable))
    (call $skip_space))

  ;; Reads up to the value of a key; returns 0 if there is no such key.
  (func $field (param $text i32) (param $key i32) (param $length i32) (result i32)
    (block $none
      (loop $next
        (br_if $none (i32.eqz (i32.load8_u (local.get $text))))
        (if (call $begins_with (local.get $text) (local.get $key) (local.get $length))
          (then
            (global.set $at (i32.add (local.get $text) (local.get $length)))
            (call $skip_space)
            (if (call $accept (i32.const 58))
              (then
                (call $skip_space)
                (return (i32.const 1))))))
        (local.set $text (i32.add (local.get $text) (i32.const 1)))
        (br $next)))
    (i32.const 0))

  (func $is_digit (result i32)
    (i32.lt_u (i32.sub (i32.load8_u (global.get $at)) (i32.const 48)) (i32.const 10)))

  (func $digit (result i32)
    (local $value i32)
    (local.set $value (i32.sub (i32.load8_u (global.get $at)) (i32.const 48)))
    (global.set $at (i32.add (global.get $at) (i32.const 1)))
    (local.get $value))

  ;; Reads a number such as -1.5e-3; traps if there is none.
  (func $number (result f64)
    (local $negative i32) (local $value f64) (local $scale i32)
    (local $exponent i32) (local $small i32)
    (local.set $negative (call $accept (i32.const 45)))
    (if (i32.eqz (call $is_digit))
      (then unreachable))
    (block $whole
      (loop $next
        (br_if $whole (i32.eqz (call $is_digit)))
        (local.set $value
          (f64.add
            (f64.mul (local.get $value) (f64.const 10))
            (f64.convert_i32_s (call $digit))))
        (br $next)))
    (if (call $accept (i32.const 46))
      (then
        (block $fraction
          (loop $next
            (br_if $fraction (i32.eqz (call $is_digit)))
            (local.set $value
              (f64.add
                (f64.mul (local.get $value) (f64.const 10))
                (f64.convert_i32_s (call $digit))))
            (local.set $scale (i32.sub (local.get $scale) (i32.const 1)))
            (br $next)))))
    (if (i32.or (call $accept (i32.const 101)) (call $accept (i32.const 69)))
      (then
        (local.set $small (call $accept (i32.const 45)))
        (drop (call $accept (i32.const 43)))
        (block $read
          (loop $next
            (br_if $read (i32.eqz (call $is_digit)))
            (local.set $exponent
              (i32.add (i32.mul (local.get $exponent) (i32.const 10)) (call $digit)))
            (br $next)))
        (local.set $scale
          (i32.add
            (local.get $scale)
            (select
              (i32.sub (i32.const 0) (local.get $exponent))
              (local.get $exponent)
              (local.get $small))))))
    (block $scaled
      (loop $next
        (br_if $scaled (i32.eqz (local.get $scale)))
        (if (i32.lt_s (local.get $scale) (i32.const 0))
          (then
            (local.set $value (f64.div (local.get $value) (f64.const 10)))
            (local.set $scale (i32.add (local.get $scale) (i32.const 1))))
          (else
            (local.set $value (f64.mul (local.get $value) (f64.const 10)))
            (local.set $scale (i32.sub (local.get $scale) (i32.const 1)))))
        (br $next)))
    (if (result f64) (local.get $negative)
      (then (f64.neg (local.get $value)))
      (else (local.get $value))))

  (func $hyperparameter (param $key i32) (param $length i32) (param $default f64) (result f64)
    (if
      (call $field
        (call $variable (i32.const 80) (i32.const 12))
        (local.get $key)
        (local.get $length))
      (then (return (call $number))))
    (local.get $default))

  (func $read_model
    (local $text i32) (local $i i32)
    (local.set $text (call $variable (i32.const 64) (i32.const 11)))
    (if (i32.eqz (i32.load8_u (local.get $text)))
      (then
        (local.set $text (call $decoded (call $variable (i32.const 160) (i32.const 21))))))
    (if (call $field (local.get $text) (i32.const 192) (i32.const 3))
      (then
        (call $expect (i32.const 91))
        (loop $next
          (f64.store offset=1024 (local.get $i) (call $number))
          (local.set $i (i32.add (local.get $i) (i32.const 8)))
          (if (i32.lt_u (local.get $i) (i32.const 32))
            (then
              (call $expect (i32.const 44))
              (br $next))))
        (call $expect (i32.const 93))))
    (if (call $field (local.get $text) (i32.const 200) (i32.const 3))
      (then (f64.store (i32.const 1056) (call $number)))))

  ;; ---- writing JSON ----

  (func $write_byte (param $byte i32)
    (i32.store8 (global.get $end) (local.get $byte))
    (global.set $end (i32.add (global.get $end) (i32.const 1))))

  (func $write (param $text i32) (param $length i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $length)))
        (call $write_byte (i32.load8_u (local.get $text)))
        (local.set $text (i32.add (local.get $text) (i32.const 1)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (br $next))))

  ;; Writes a text that ends with a zero byte, as the inside of a JSON string.
  (func $write_escaped (param $text i32)
    (local $byte i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.tee $byte (i32.load8_u (local.get $text)))))
        (if (i32.or
              (i32.eq (local.get $byte) (i32.const 34))
              (i32.eq (local.get $byte) (i32.const 92)))
          (then (call $write_byte (i32.const 92))))
        (if (i32.lt_u (local.get $byte) (i32.const 32))
          (then
            (call $write_byte (i32.const 92))
            (call $write_byte (i32.const 117))
            (call $write_byte (i32.const 48))
            (call $write_byte (i32.const 48))
            (call $write_byte
              (i32.load8_u offset=560 (i32.shr_u (local.get $byte) (i32.const 4))))
            (call $write_byte
              (i32.load8_u offset=560 (i32.and (local.get $byte) (i32.const 15)))))
          (else (call $write_byte (local.get $byte))))
        (local.set $text (i32.add (local.get $text) (i32.const 1)))
        (br $next))))

  ;; Writes a number with at least so many digits.
  (func $write_digits (param $value i64) (param $digits i32)
    (if (i32.or
          (i32.gt_s (local.get $digits) (i32.const 1))
          (i64.ge_u (local.get $value) (i64.const 10)))
      (then
        (call $write_digits
          (i64.div_u (local.get $value) (i64.const 10))
          (i32.sub (local.get $digits) (i32.const 1)))))
    (call $write_byte
      (i32.add
        (i32.const 48)
        (i32.wrap_i64 (i64.rem_u (local.get $value) (i64.const 10))))))

  (func $write_number (param $value f64)
    (local $billionths i64)
    (local.set $billionths
      (i64.trunc_f64_s
        (f64.nearest (f64.mul (f64.abs (local.get $value)) (f64.const 1e9)))))
    (if (i32.and
          (f64.lt (local.get $value) (f64.const 0))
          (i64.ne (local.get $billionths) (i64.const 0)))
      (then (call $write_byte (i32.const 45))))
    (call $write_digits
      (i64.div_u (local.get $billionths) (i64.const 1000000000))
      (i32.const 1))
    (call $write_byte (i32.const 46))
    (call $write_digits
      (i64.rem_u (local.get $billionths) (i64.const 1000000000))
      (i32.const 9)))

  ;; ---- arithmetic, of operations alone that have one right result ----

  (func $exp (param $x f64) (result f64)
    (local $halvings i32) (local $sum f64) (local $term f64) (local $n f64)
    (if (f64.lt (local.get $x) (f64.const 0))
      (then
        (return
          (f64.div (f64.const 1) (call $exp (f64.neg (local.get $x)))))))
    (block $small
      (loop $halve
        (br_if $small (f64.le (local.get $x) (f64.const 0.125)))
        (local.set $x (f64.mul (local.get $x) (f64.const 0.5)))
        (local.set $halvings (i32.add (local.get $halvings) (i32.const 1)))
        (br_if $halve (i32.lt_u (local.get $halvings) (i32.const 64)))))
    (local.set $sum (f64.const 1))
    (local.set $term (f64.const 1))
    (loop $next
      (local.set $n (f64.add (local.get $n) (f64.const 1)))
      (local.set $term
        (f64.div (f64.mul (local.get $term) (local.get $x)) (local.get $n)))
      (local.set $sum (f64.add (local.get $sum) (local.get $term)))
      (br_if $next (f64.lt (local.get $n) (f64.const 8))))
    (block $done
      (loop $square
        (br_if $done (i32.eqz (local.get $halvings)))
        (local.set $sum (f64.mul (local.get $sum) (local.get $sum)))
        (local.set $halvings (i32.sub (local.get $halvings) (i32.const 1)))
        (br $square)))
    (local.get $sum))

  ;; ln(1 + u) for u from 0 to 1: twice the area tangent of u / (2 + u).
  (func $ln1p (param $u f64) (result f64)
    (local $s f64) (local $power f64) (local $sum f64) (local $n f64)
    (local.set $s (f64.div (local.get $u) (f64.add (f64.const 2) (local.get $u))))
    (local.set $power (local.get $s))
    (local.set $n (f64.const 1))
    (loop $next
      (local.set $sum
        (f64.add (local.get $sum) (f64.div (local.get $power) (local.get $n))))
      (local.set $power
        (f64.mul (f64.mul (local.get $power) (local.get $s)) (local.get $s)))
      (local.set $n (f64.add (local.get $n) (f64.const 2)))
      (br_if $next (f64.lt (local.get $n) (f64.const 21))))
    (f64.mul (f64.const 2) (local.get $sum)))

  ;; SplitMix64; from 0 to 1, exclusive.
  (func $uniform (result f64)
    (local $z i64)
    (global.set $random (i64.add (global.get $random) (i64.const 0x9e3779b97f4a7c15)))
    (local.set $z (global.get $random))
    (local.set $z
      (i64.mul
        (i64.xor (local.get $z) (i64.shr_u (local.get $z) (i64.const 30)))
        (i64.const 0xbf58476d1ce4e5b9)))
    (local.set $z
      (i64.mul
        (i64.xor (local.get $z) (i64.shr_u (local.get $z) (i64.const 27)))
        (i64.const 0x94d049bb133111eb)))
    (local.set $z (i64.xor (local.get $z) (i64.shr_u (local.get $z) (i64.const 31))))
    (f64.mul
      (f64.convert_i64_u (i64.shr_u (local.get $z) (i64.const 11)))
      (f64.const 0x1p-53)))

  ;; Nearly normal, with mean 0 and variance 1: from the sum of four uniform numbers.
  (func $noise (result f64)
    (local $sum f64) (local $i i32)
    (loop $next
      (local.set $sum (f64.add (local.get $sum) (call $uniform)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 4))))
    (f64.mul
      (f64.sub (local.get $sum) (f64.const 2))
      (f64.const 1.7320508075688772)))

  ;; ---- the shard ----

  ;; The decimal number at the end of a text; 0 if there is none.
  (func $trailing_number (param $text i32) (result i64)
    (local $number i64)
    (global.set $at (local.get $text))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (i32.load8_u (global.get $at))))
        (if (call $is_digit)
          (then
            (local.set $number
              (i64.add
                (i64.mul (local.get $number) (i64.const 10))
                (i64.extend_i32_u (call $digit)))))
          (else
            (local.set $number (i64.const 0))
            (global.set $at (i32.add (global.get $at) (i32.const 1)))))
        (br $next)))
    (local.get $number))

  ;; Makes the samples; where $flipped is 1, with the labels of one another.
  (func $make_shard (param $share f64) (param $flipped f64)
    (local $sample i32) (local $end i32) (local $j i32) (local $label f64)
    (f64.store (i32.const 1152) (f64.const 0.3))
    (f64.store (i32.const 1160) (f64.const -1))
    (f64.store (i32.const 1168) (f64.const 0.5))
    (f64.store (i32.const 1176) (f64.const 0))
    (f64.store (i32.const 1184) (f64.const 0.3))
    (f64.store (i32.const 1192) (f64.const 2))
    (f64.store (i32.const 1200) (f64.const 2))
    (f64.store (i32.const 1208) (f64.const 1))
    (global.set $shard (call $take (i32.mul (global.get $samples) (i32.const 40))))
    (local.set $sample (global.get $shard))
    (local.set $end
      (i32.add (global.get $shard) (i32.mul (global.get $samples) (i32.const 40))))
    (loop $next
      (local.set $label
        (select
          (f64.const 1)
          (f64.const 0)
          (f64.lt (call $uniform) (local.get $share))))
      (local.set $j (i32.const 0))
      (loop $feature
        (f64.store
          (i32.add (local.get $sample) (local.get $j))
          (f64.add
            (f64.mul
              (f64.sub (f64.mul (f64.const 2) (local.get $label)) (f64.const 1))
              (f64.load offset=1152 (local.get $j)))
            (f64.mul (f64.load offset=1184 (local.get $j)) (call $noise))))
        (local.set $j (i32.add (local.get $j) (i32.const 8)))
        (br_if $feature (i32.lt_u (local.get $j) (i32.const 32))))
      (f64.store offset=32
        (local.get $sample)
        (f64.abs (f64.sub (local.get $label) (local.get $flipped))))
      (local.set $sample (i32.add (local.get $sample) (i32.const 40)))
      (br_if $next (i32.lt_u (local.get $sample) (local.get $end)))))

  ;; ---- the model ----

  ;; w·x + b
  (func $logit (param $sample i32) (result f64)
    (f64.add
      (f64.add
        (f64.add
          (f64.add
            (f64.mul (f64.load (i32.const 1024)) (f64.load (local.get $sample)))
            (f64.mul (f64.load (i32.const 1032)) (f64.load offset=8 (local.get $sample))))
          (f64.mul (f64.load (i32.const 1040)) (f64.load offset=16 (local.get $sample))))
        (f64.mul (f64.load (i32.const 1048)) (f64.load offset=24 (local.get $sample))))
      (f64.load (i32.const 1056))))

  ;; Writes the mean loss and the share of right answers.
  (func $write_metrics
    (local $sample i32) (local $i i32)
    (local $logit f64) (local $margin f64) (local $loss f64) (local $right f64)
    (local.set $sample (global.get $shard))
    (loop $next
      (local.set $logit (call $logit (local.get $sample)))
      (local.set $margin
        (f64.mul
          (local.get $logit)
          (f64.sub
            (f64.mul (f64.const 2) (f64.load offset=32 (local.get $sample)))
            (f64.const 1))))
      (local.set $loss
        (f64.add
          (local.get $loss)
          (f64.add
            (f64.max (f64.neg (local.get $margin)) (f64.const 0))
            (call $ln1p (call $exp (f64.neg (f64.abs (local.get $margin))))))))
      (local.set $right
        (f64.add
          (local.get $right)
          (f64.convert_i32_u
            (f64.eq
              (f64.convert_i32_u (f64.gt (local.get $logit) (f64.const 0)))
              (f64.load offset=32 (local.get $sample))))))
      (local.set $sample (i32.add (local.get $sample) (i32.const 40)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (global.get $samples))))
    (call $write (i32.const 472) (i32.const 19))
    (call $write_number
      (f64.div (local.get $loss) (f64.convert_i32_u (global.get $samples))))
    (call $write (i32.const 496) (i32.const 12))
    (call $write_number
      (f64.div (local.get $right) (f64.convert_i32_u (global.get $samples)))))

  ;; One step along a coordinate of the model, held back by its distance from where it began.
  (func $step (param $j i32) (param $slope f64) (param $rate f64) (param $mu f64)
    (f64.store offset=1024
      (local.get $j)
      (f64.sub
        (f64.load offset=1024 (local.get $j))
        (f64.mul
          (local.get $rate)
          (f64.add
            (local.get $slope)
            (f64.mul
              (local.get $mu)
              (f64.sub
                (f64.load offset=1024 (local.get $j))
                (f64.load offset=1088 (local.get $j)))))))))

  (func $train (param $epochs i32) (param $rate f64) (param $mu f64)
    (local $sample i32) (local $i i32) (local $j i32) (local $error f64)
    (block $done
      (loop $epoch
        (br_if $done (i32.eqz (local.get $epochs)))
        (local.set $sample (global.get $shard))
        (local.set $i (global.get $samples))
        (loop $next
          (local.set $error
            (f64.sub
              (f64.div
                (f64.const 1)
                (f64.add
                  (f64.const 1)
                  (call $exp (f64.neg (call $logit (local.get $sample))))))
              (f64.load offset=32 (local.get $sample))))
          (local.set $j (i32.const 0))
          (loop $feature
            (call $step
              (local.get $j)
              (f64.mul
                (local.get $error)
                (f64.load (i32.add (local.get $sample) (local.get $j))))
              (local.get $rate)
              (local.get $mu))
            (local.set $j (i32.add (local.get $j) (i32.const 8)))
            (br_if $feature (i32.lt_u (local.get $j) (i32.const 32))))
          (call $step (i32.const 32) (local.get $error) (local.get $rate) (local.get $mu))
          (local.set $sample (i32.add (local.get $sample) (i32.const 40)))
          (local.set $i (i32.sub (local.get $i) (i32.const 1)))
          (br_if $next (local.get $i)))
        (local.set $epochs (i32.sub (local.get $epochs) (i32.const 1)))
        (br $epoch))))

  ;; Multiplies the model as it is, and keeps it as what it began with.
  (func $scale_model (param $factor f64)
    (local $j i32)
    (loop $next
      (f64.store offset=1024
        (local.get $j)
        (f64.mul (f64.load offset=1024 (local.get $j)) (local.get $factor)))
      (f64.store offset=1088 (local.get $j) (f64.load offset=1024 (local.get $j)))
      (local.set $j (i32.add (local.get $j) (i32.const 8)))
      (br_if $next (i32.le_u (local.get $j) (i32.const 32)))))

  (func $write_update
    (local $j i32)
    (call $write (i32.const 512) (i32.const 17))
    (loop $next
      (if (local.get $j)
        (then (call $write_byte (i32.const 44))))
      (call $write_number (f64.load offset=1024 (local.get $j)))
      (local.set $j (i32.add (local.get $j) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $j) (i32.const 32))))
    (call $write (i32.const 536) (i32.const 6))
    (call $write_number (f64.load (i32.const 1056)))
    (call $write (i32.const 544) (i32.const 3)))

  (func $print
    (i32.store (i32.const 8) (global.get $begin))
    (i32.store (i32.const 12) (i32.sub (global.get $end) (global.get $begin)))
    (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16))))

  (func (export "_start")
    (local $shards i64) (local $index i64) (local $share f64) (local $poisoned i32)
    (call $read_environment)
    (global.set $begin                         ;; an escaped byte takes six
      (call $take
        (i32.add (i32.mul (i32.load (i32.const 4)) (i32.const 6)) (i32.const 1024))))
    (global.set $end (global.get $begin))

    (global.set $at (call $variable (i32.const 144) (i32.const 15)))
    (global.set $samples
      (i32.trunc_f64_u
        (call $hyperparameter
          (i32.const 240)
          (i32.const 13)
          (if (result f64) (call $is_digit)
            (then (call $number))
            (else (f64.const 200))))))
    (if (i32.eqz (global.get $samples))
      (then unreachable))

    (local.set $shards
      (i64.trunc_f64_u
        (call $hyperparameter (i32.const 216) (i32.const 8) (f64.const 10))))
    (local.set $index
      (i64.rem_u
        (call $trailing_number (call $variable (i32.const 112) (i32.const 11)))
        (local.get $shards)))
    (local.set $share (f64.const 0.5))
    (if (i64.gt_u (local.get $shards) (i64.const 1))
      (then
        (local.set $share
          (f64.add
            (f64.const 0.5)
            (f64.mul
              (call $hyperparameter (i32.const 232) (i32.const 6) (f64.const 0))
              (f64.sub
                (f64.div
                  (f64.convert_i64_u (local.get $index))
                  (f64.convert_i64_u (i64.sub (local.get $shards) (i64.const 1))))
                (f64.const 0.5)))))))
    (local.set $poisoned
      (f64.eq
        (call $hyperparameter (i32.const 296) (i32.const 10) (f64.const -1))
        (f64.convert_i64_u (local.get $index))))
    (global.set $random
      (i64.add
        (i64.mul
          (i64.trunc_f64_u
            (call $hyperparameter (i32.const 208) (i32.const 6) (f64.const 1)))
          (i64.const 1000003))
        (local.get $index)))
    (call $make_shard (local.get $share) (f64.convert_i32_u (local.get $poisoned)))

    (call $write (i32.const 384) (i32.const 13))
    (call $write_escaped (call $variable (i32.const 96) (i32.const 9)))
    (call $write (i32.const 400) (i32.const 16))
    (call $write_escaped (call $variable (i32.const 112) (i32.const 11)))
    (call $write (i32.const 424) (i32.const 20))
    (call $write_escaped (call $variable (i32.const 128) (i32.const 10)))
    (call $write (i32.const 448) (i32.const 16))
    (call $write_digits (i64.extend_i32_u (global.get $samples)) (i32.const 1))
    (call $read_model)
    (call $write_metrics)

    ;; Who is poisoned has learnt the labels of one another, from nothing, and shouts.
    (call $scale_model
      (select (f64.const 0) (f64.const 1) (local.get $poisoned)))
    (call $train
      (i32.trunc_f64_u
        (call $hyperparameter (i32.const 256) (i32.const 8) (f64.const 2)))
      (call $hyperparameter (i32.const 272) (i32.const 15) (f64.const 0.05))
      (call $hyperparameter (i32.const 288) (i32.const 4) (f64.const 0)))
    (if (local.get $poisoned)
      (then (call $scale_model (f64.const 20))))
    (call $write_update)
    (call $print)))
