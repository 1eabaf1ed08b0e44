package io.propeller.testkit.fl;

import io.propeller.fl.store.InMemoryModelStore;
import io.propeller.fl.store.ModelStore;
import java.time.InstantSource;

class InMemoryModelStoreTest extends ModelStoreContract {

  @Override
  protected ModelStore create(InstantSource clock) {
    return new InMemoryModelStore(clock);
  }
}
