package io.propeller.testkit.proplet;

import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Chunk;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Puts modules together from their chunks. The first copy of a piece counts, and the first piece
 * says how many there are; the latest few modules are kept. Safe for use by any thread.
 */
final class Chunks {

  private static final int KEPT = 16;

  private final Map<String, Assembly> assemblies = new LinkedHashMap<>();

  /** Returns the module of that name, now or when its last piece arrives. */
  synchronized CompletableFuture<Bytes> module(String name) {
    return assembly(name).whole;
  }

  synchronized void add(Chunk chunk) {
    assembly(chunk.appName()).add(chunk);
  }

  private Assembly assembly(String name) {
    Assembly assembly = assemblies.computeIfAbsent(name, key -> new Assembly());
    if (assemblies.size() > KEPT) {
      assemblies.remove(assemblies.keySet().iterator().next());
    }
    return assembly;
  }

  private static final class Assembly {
    final CompletableFuture<Bytes> whole = new CompletableFuture<>();
    private final Map<Integer, Bytes> pieces = new HashMap<>();
    private int total;

    void add(Chunk chunk) {
      if (total == 0) {
        total = chunk.total();
      }
      if (whole.isDone() || chunk.total() != total) {
        return;
      }
      pieces.putIfAbsent(chunk.index(), chunk.data());
      if (pieces.size() == total) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < total; i++) {
          bytes.writeBytes(pieces.getOrDefault(i, Bytes.empty()).toByteArray());
        }
        pieces.clear();
        whole.complete(Bytes.wrap(bytes.toByteArray()));
      }
    }
  }
}
