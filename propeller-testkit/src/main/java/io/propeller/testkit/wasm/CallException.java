package io.propeller.testkit.wasm;

/** Says why a call cannot be made. */
final class CallException extends Exception {

  private static final long serialVersionUID = 1;

  CallException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
