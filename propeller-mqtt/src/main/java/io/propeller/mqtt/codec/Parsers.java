package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes parsers with limits. A factory remembers the names that its parsers have met, and each
 * parser that meets a new one copies all of them: so strange names make all else slow. After a
 * number of messages with such names the factory is therefore replaced.
 */
final class Parsers {

  private static final int MAX_STRANGE = 256;

  private final Limits limits;
  private final int textLength;
  private final AtomicInteger strange = new AtomicInteger();
  private volatile JsonFactory factory;

  Parsers(Limits limits, int textLength) {
    this.limits = limits;
    this.textLength = textLength;
    this.factory = factory();
  }

  JsonParser parser(byte[] payload) throws IOException {
    return factory.createParser(payload);
  }

  /** Counts a message that had names that are not of the protocol, or may have had. */
  void countStrange() {
    if (strange.incrementAndGet() % MAX_STRANGE == 0) {
      factory = factory();
    }
  }

  private JsonFactory factory() {
    return new JsonFactoryBuilder()
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxNumberLength(limits.numberLength())
                .maxNameLength(limits.nameLength())
                .maxStringLength(textLength)
                .build())
        .build();
  }
}
