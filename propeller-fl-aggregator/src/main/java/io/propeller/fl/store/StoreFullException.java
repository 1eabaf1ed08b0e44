package io.propeller.fl.store;

import java.io.IOException;

/** Thrown when a store would grow beyond its limit; nothing has been kept then. */
public final class StoreFullException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreFullException(long size, long used, long limit) {
    super(
        "%d bytes more do not fit into the model store, which holds %d of at most %d"
            .formatted(size, used, limit));
  }
}
