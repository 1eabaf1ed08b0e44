package io.propeller.fl.store;

import java.io.IOException;

/** Thrown when stored content is not what its digest says. */
public final class CorruptContentException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptContentException(Digest expected, Digest actual) {
    super("content " + expected + " is damaged: it now has digest " + actual);
  }
}
