package io.propeller.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.topic.Subtopic;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RoundTripTest {

  private static final Codec CODEC = new Codec(Limits.DEFAULT);

  @Property(tries = 500)
  void whatIsWrittenIsRead(@ForAll long seed) throws DecodeException {
    for (Supplier<Message> kind : new Messages(new Random(seed)).kinds()) {
      Message message = kind.get();

      byte[] json = CodecContract.encode(message);

      assertThat((Object) CODEC.decode(Subtopic.of(message), json)).isEqualTo(message);
    }
  }
}
