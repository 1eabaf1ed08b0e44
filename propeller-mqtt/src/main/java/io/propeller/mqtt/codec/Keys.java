package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Arrays;
import java.util.Locale;

/**
 * The keys of a kind of object in the order in which they usually come, so that a reader can look
 * for the next one before it takes what is there apart.
 *
 * @param <K> the keys, each the name on the wire in capital letters
 */
final class Keys<K extends Enum<K>> {

  private final K[] keys;
  private final SerializedString[] names;

  private Keys(K[] keys) {
    this.keys = keys;
    this.names =
        Arrays.stream(keys)
            .map(key -> new SerializedString(key.name().toLowerCase(Locale.ROOT)))
            .toArray(SerializedString[]::new);
  }

  static <K extends Enum<K>> Keys<K> of(Class<K> type) {
    return new Keys<>(type.getEnumConstants());
  }

  K get(int index) {
    return keys[index];
  }

  SerializedString name(int index) {
    return names[index];
  }

  /** Returns the index of a name; -1 for one that is not among them. */
  int indexOf(String name) {
    int index = names.length - 1;
    while (index >= 0 && !names[index].getValue().equals(name)) {
      index--;
    }
    return index;
  }

  /**
   * Passes over the text at hand if it is one of the names, and returns the index; otherwise -1.
   */
  int take(MessageParser parser) {
    int index = names.length - 1;
    while (index >= 0 && !parser.take(names[index])) {
      index--;
    }
    return index;
  }

  /** Returns the index after this one, the first after the last. */
  int after(int index) {
    return index + 1 == names.length ? 0 : index + 1;
  }
}
