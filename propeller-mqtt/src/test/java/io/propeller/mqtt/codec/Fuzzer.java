package io.propeller.mqtt.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.topic.Route;
import io.propeller.mqtt.topic.Subtopic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Decodes mutated messages, as a program of its own so that its heap can be limited. */
final class Fuzzer {

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          ":",
          ",",
          "null",
          "true",
          "1e999",
          "-",
          "0.",
          "\\ud800",
          "\u0000",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
          "{\"results\":",
          "\"update_b64\":\"",
          "\"update_envelope\":{",
          "99999999999999999999999999999999999999999999",
          "\uFEFF");

  private final SplittableRandom random;
  private final Codec codec = new Codec(Limits.DEFAULT);

  Fuzzer(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * Decodes as many messages as the first argument says, from the seed that the second one is, and
   * prints how many were refused. Ends with a failure if one gets out as anything but a {@link
   * DecodeException}.
   */
  public static void main(String[] args) {
    int count = Integer.parseInt(args[0]);
    int refused = new Fuzzer(Long.parseLong(args[1])).run(count);
    System.out.println("refused " + refused + " of " + count);
  }

  /** Decodes as many messages, and returns how many were refused. */
  int run(int count) {
    Messages messages = new Messages(random);
    byte[] big = new byte[9 << 20];
    int refused = 0;
    for (int i = 0; i < count; ) {
      Message message = messages.any();
      byte[] original = CodecContract.encode(message);
      Route route = new Route(Subtopic.of(message), List.of("r", "p"));
      for (int mutants = 0; mutants < 20 && i < count; mutants++, i++) {
        byte[] mutant = mutate(original);
        try {
          codec.decode(route, "topic", i % 100_000 == 0 ? inflate(big, mutant) : mutant);
          if (i % 100_000 == 50_000) {
            codec.decode(Subtopic.RESULT, russianDoll(big));
            codec.decode(Subtopic.ALIVE, manyNames(i));
          }
        } catch (DecodeException e) {
          refused++;
        }
      }
    }
    return refused;
  }

  private byte[] mutate(byte[] payload) {
    byte[] mutant = payload;
    for (int i = random.nextInt(1, 4); i > 0 && mutant.length > 0; i--) {
      int at = random.nextInt(mutant.length);
      mutant =
          switch (random.nextInt(5)) {
            case 0 -> replace(mutant, at, (byte) random.nextInt());
            case 1 -> Arrays.copyOf(mutant, at);
            case 2 -> insert(mutant, at, TOKENS.get(random.nextInt(TOKENS.size())));
            case 3 -> remove(mutant, at, random.nextInt(1, 9));
            default -> repeat(mutant, at, random.nextInt(1, 40));
          };
    }
    return mutant;
  }

  private static byte[] replace(byte[] payload, int at, byte value) {
    byte[] mutant = payload.clone();
    mutant[at] = value;
    return mutant;
  }

  private static byte[] insert(byte[] payload, int at, String token) {
    return splice(payload, at, token.getBytes(StandardCharsets.UTF_8), at);
  }

  private static byte[] remove(byte[] payload, int at, int count) {
    return splice(payload, at, new byte[0], Math.min(payload.length, at + count));
  }

  private static byte[] repeat(byte[] payload, int at, int count) {
    byte[] part = Arrays.copyOfRange(payload, at, Math.min(payload.length, at + count));
    return splice(payload, at, part, at);
  }

  private static byte[] splice(byte[] payload, int head, byte[] middle, int tail) {
    byte[] mutant = new byte[head + middle.length + payload.length - tail];
    System.arraycopy(payload, 0, mutant, 0, head);
    System.arraycopy(middle, 0, mutant, head, middle.length);
    System.arraycopy(payload, tail, mutant, head + middle.length, payload.length - tail);
    return mutant;
  }

  /** Puts an update into an update and so on, with a text of many megabytes in the innermost. */
  private static byte[] russianDoll(byte[] big) {
    String outer = "{\"round_id\":1,\"update\":{},\"results\":";
    byte[] head = (outer.repeat(25) + "{\"round_id\":1,\"update\":\"").getBytes(US_ASCII);
    byte[] tail = ("\"}" + "}".repeat(25)).getBytes(US_ASCII);
    Arrays.fill(big, (byte) 'A');
    System.arraycopy(head, 0, big, 0, head.length);
    System.arraycopy(tail, 0, big, big.length - tail.length, tail.length);
    return big;
  }

  /** Makes a heartbeat with as many names as fit that nobody has heard of. */
  private static byte[] manyNames(int salt) {
    StringBuilder json = new StringBuilder("{\"proplet_id\":\"p\"");
    for (int i = 0; json.length() < 1_000_000; i++) {
      json.append(",\"").append(salt).append('-').append(i).append("\":0");
    }
    return json.append('}').toString().getBytes(US_ASCII);
  }

  /** Puts a text of many megabytes before the end of a message. */
  private static byte[] inflate(byte[] big, byte[] payload) {
    Arrays.fill(big, (byte) 'A');
    System.arraycopy(payload, 0, big, 0, payload.length);
    return big;
  }
}
