package io.propeller.fl;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** As many histories as the promise names; in the slow tier for their number alone. */
class RoundHistoriesIT {

  @Test
  void noneOfAHundredThousandHistoriesIsMiscounted() throws IOException {
    RoundHistoriesTest.assertNoneIsMiscounted(100_000);
  }
}
