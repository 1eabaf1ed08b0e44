package io.propeller.operator.internal.module;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.propeller.mqtt.chunk.ChunkedModule;
import io.propeller.mqtt.message.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Modules of registries, fetched when a task or a worker asks for one, and kept for a while.
 *
 * <p>Safe for use by any thread; no method waits.
 */
public final class Modules implements AutoCloseable {

  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final long MAX_KEPT_BYTES = 256L << 20;
  private static final int FETCHERS = 2;

  /** What came of a wish for a module. */
  public sealed interface Answer {

    /** It is being fetched; whoever asked is told when that is over. */
    record Pending() implements Answer {}

    /** It is there, under a name that stands for its content. */
    record Found(String name) implements Answer {}

    /** It cannot be had, and why. */
    record Missing(String reason) implements Answer {}
  }

  private final Cache<String, ChunkedModule> modules =
      CacheBuilder.newBuilder()
          .expireAfterAccess(KEPT)
          .maximumWeight(MAX_KEPT_BYTES)
          .<String, ChunkedModule>weigher((name, module) -> module.bytes().size())
          .build();
  private final Cache<String, String> failures =
      CacheBuilder.newBuilder().expireAfterWrite(Duration.ofSeconds(10)).maximumSize(1_000).build();
  private final Map<String, CompletableFuture<ChunkedModule>> underway = new ConcurrentHashMap<>();
  private final ExecutorService fetchers =
      Executors.newFixedThreadPool(
          FETCHERS,
          task -> {
            Thread thread = new Thread(task, "modules");
            thread.setDaemon(true);
            return thread;
          });
  private final RegistryClient registry;
  private final boolean enabled;

  /**
   * Makes an empty store.
   *
   * @param timeout how much time a registry has to answer
   * @param authFile where credentials for registries are, if there are any
   */
  public Modules(FetchRules rules, Duration timeout, Optional<AuthFile> authFile) {
    this.enabled = !rules.hosts().isEmpty();
    this.registry = new RegistryClient(rules, timeout, authFile);
  }

  /** Returns whether there is any registry that may be fetched from. */
  public boolean isEnabled() {
    return enabled;
  }

  /**
   * Asks for the module that an image reference stands for now.
   *
   * @param whenThere is called where the answer was {@link Answer.Pending}, once there is another
   */
  public Answer resolve(String image, Runnable whenThere) {
    ChunkedModule module = modules.getIfPresent(image);
    if (module != null) {
      return new Answer.Found(module.name());
    }
    String failure = failures.getIfPresent(image);
    if (failure != null) {
      return new Answer.Missing("spec.imageUrl: " + failure);
    }
    var unused = fetch(image).whenComplete((done, failed) -> whenThere.run());
    return new Answer.Pending();
  }

  /** Finds the module of a name that a Start carried. */
  public CompletionStage<ChunkedModule> find(String name) {
    ChunkedModule module = modules.getIfPresent(name);
    return module != null ? CompletableFuture.completedStage(module) : fetch(name);
  }

  private CompletableFuture<ChunkedModule> fetch(String image) {
    CompletableFuture<ChunkedModule> mine = new CompletableFuture<>();
    CompletableFuture<ChunkedModule> other = underway.putIfAbsent(image, mine);
    if (other != null) {
      return other;
    }
    fetchers.execute(
        () -> {
          try {
            ChunkedModule module = pull(image);
            modules.put(image, module);
            modules.put(module.name(), module);
            underway.remove(image);
            mine.complete(module);
          } catch (IOException | IllegalArgumentException | InterruptedException e) {
            failures.put(image, String.valueOf(e.getMessage()));
            underway.remove(image);
            mine.completeExceptionally(e);
          }
        });
    return mine;
  }

  /**
   * A digest that a task gave is the manifest's; one in a name that a Start carried may also be the
   * module's own, of the image that the rest of the name stands for.
   */
  private ChunkedModule pull(String image) throws IOException, InterruptedException {
    ImageReference reference = ImageReference.parse(image);
    try {
      return ChunkedModule.of(image, registry.pull(reference));
    } catch (IOException e) {
      if (reference.digest().isEmpty()) {
        throw e;
      }
      Bytes module = registry.pull(reference.withoutDigest());
      if (!module.sha256().equals(reference.digest().get())) {
        throw e;
      }
      return ChunkedModule.of(image, module);
    }
  }

  @Override
  public void close() {
    fetchers.shutdownNow();
  }
}
