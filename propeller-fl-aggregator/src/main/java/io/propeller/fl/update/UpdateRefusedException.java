package io.propeller.fl.update;

/** Thrown for a message that does not count. */
public final class UpdateRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /** Makes an exception that carries this refusal. */
  public UpdateRefusedException(Refusal refusal) {
    super(refusal.reason() + ": " + refusal.detail());
    this.refusal = refusal;
  }

  UpdateRefusedException(Refusal.Reason reason, String detail) {
    this(new Refusal(reason, detail));
  }

  /** Returns why. */
  public Refusal refusal() {
    return refusal;
  }
}
