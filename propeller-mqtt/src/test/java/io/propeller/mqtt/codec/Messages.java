package io.propeller.mqtt.codec;

import io.propeller.mqtt.message.AggregatedMetrics;
import io.propeller.mqtt.message.Alive;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Chunk;
import io.propeller.mqtt.message.CpuMetrics;
import io.propeller.mqtt.message.Discovery;
import io.propeller.mqtt.message.FetchRequest;
import io.propeller.mqtt.message.Invoke;
import io.propeller.mqtt.message.InvokeResult;
import io.propeller.mqtt.message.Json;
import io.propeller.mqtt.message.MemoryMetrics;
import io.propeller.mqtt.message.Message;
import io.propeller.mqtt.message.MonitoringProfile;
import io.propeller.mqtt.message.ProcessMetrics;
import io.propeller.mqtt.message.PropletId;
import io.propeller.mqtt.message.PropletMetadata;
import io.propeller.mqtt.message.PropletMetrics;
import io.propeller.mqtt.message.Result;
import io.propeller.mqtt.message.RoundComplete;
import io.propeller.mqtt.message.RoundId;
import io.propeller.mqtt.message.RoundStart;
import io.propeller.mqtt.message.Start;
import io.propeller.mqtt.message.Stop;
import io.propeller.mqtt.message.Target;
import io.propeller.mqtt.message.TaskId;
import io.propeller.mqtt.message.TaskMetrics;
import io.propeller.mqtt.message.TaskOutput;
import io.propeller.mqtt.message.Timestamp;
import io.propeller.mqtt.message.Update;
import io.propeller.mqtt.message.WasmModule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes messages of every kind at random. */
final class Messages {

  private static final List<String> TEXTS =
      List.of(
          "", "a", "p-1", "résumé", "日本語", "🦀", "\"quoted\"", "back\\slash", "a\nb\tc", "\u0001");

  private final RandomGenerator random;

  Messages(RandomGenerator random) {
    this.random = random;
  }

  List<Supplier<Message>> kinds() {
    return List.of(
        this::alive,
        this::discovery,
        this::propletMetrics,
        this::taskMetrics,
        this::result,
        this::invokeResult,
        this::fetchRequest,
        this::update,
        this::roundStart,
        this::start,
        this::stop,
        this::invoke,
        this::chunk,
        this::roundComplete);
  }

  Message any() {
    return kinds().get(random.nextInt(kinds().size())).get();
  }

  private Alive alive() {
    return Alive.builder()
        .propletId(propletId())
        .status(pick(Alive.Status.values()))
        .namespace(maybe(this::text))
        .channelId(maybe(this::text))
        .metadata(maybe(this::metadata))
        .build();
  }

  private Discovery discovery() {
    return Discovery.builder()
        .propletId(propletId())
        .namespace(maybe(this::text))
        .metadata(metadata())
        .build();
  }

  private PropletMetadata metadata() {
    return PropletMetadata.builder()
        .description(maybe(this::text))
        .tags(list(this::text))
        .location(maybe(this::text))
        .ip(maybe(this::text))
        .environment(maybe(this::text))
        .os(maybe(this::text))
        .hostname(maybe(this::text))
        .cpuArch(maybe(this::text))
        .totalMemoryBytes(whole())
        .propletVersion(maybe(this::text))
        .wasmRuntime(maybe(this::text))
        .build();
  }

  private PropletMetrics propletMetrics() {
    return PropletMetrics.builder()
        .propletId(propletId())
        .namespace(maybe(this::text))
        .timestamp(maybe(this::timestamp))
        .cpu(CpuMetrics.builder().userSeconds(real()).systemSeconds(real()).percent(real()).build())
        .memory(
            MemoryMetrics.builder()
                .rssBytes(whole())
                .heapAllocBytes(whole())
                .heapSysBytes(whole())
                .heapInuseBytes(whole())
                .containerUsageBytes(whole())
                .containerLimitBytes(random.nextLong(1L << 62))
                .build())
        .custom(map(random::nextDouble))
        .build();
  }

  private TaskMetrics taskMetrics() {
    return TaskMetrics.builder()
        .taskId(taskId())
        .propletId(maybe(this::propletId))
        .timestamp(maybe(this::timestamp))
        .metrics(
            ProcessMetrics.builder()
                .cpuPercent(real())
                .memoryBytes(whole())
                .memoryPercent(real())
                .diskReadBytes(whole())
                .diskWriteBytes(whole())
                .uptimeSeconds(random.nextInt(1 << 30))
                .threadCount(whole())
                .fileDescriptorCount(whole())
                .build())
        .aggregated(
            maybe(
                () ->
                    AggregatedMetrics.builder()
                        .avgCpuUsage(real())
                        .maxCpuUsage(real())
                        .avgMemoryUsage(real())
                        .maxMemoryUsage(real())
                        .totalDiskRead(whole())
                        .totalDiskWrite(whole())
                        .sampleCount(whole())
                        .build()))
        .build();
  }

  private Result result() {
    return Result.builder()
        .taskId(taskId())
        .propletId(propletId())
        .output(output())
        .error(maybe(this::word))
        .build();
  }

  private InvokeResult invokeResult() {
    return InvokeResult.builder()
        .taskId(taskId())
        .invocationId(maybe(this::text))
        .propletId(maybe(this::propletId))
        .output(output())
        .error(maybe(this::word))
        .build();
  }

  private TaskOutput output() {
    return switch (random.nextInt(3)) {
      case 0 -> TaskOutput.text(text());
      case 1 -> new TaskOutput.Federated(update());
      default -> new TaskOutput.Other(json());
    };
  }

  private FetchRequest fetchRequest() {
    return FetchRequest.of(word());
  }

  private Update update() {
    return Update.builder()
        .taskId(maybe(this::taskId))
        .jobId(maybe(this::text))
        .roundId(RoundId.of(word()))
        .globalVersion(maybe(this::text))
        .propletId(maybe(this::propletId))
        .numSamples(whole())
        .payload(bytes(random.nextInt(100)))
        .format(maybe(this::text))
        .metrics(map(random::nextDouble))
        .error(maybe(this::word))
        .build();
  }

  private RoundStart roundStart() {
    return RoundStart.builder()
        .experimentId(maybe(this::text))
        .roundId(RoundId.of(word()))
        .modelUri(maybe(this::text))
        .taskWasmImage(maybe(this::text))
        .participants(list(this::propletId))
        .hyperparams(maybe(this::json))
        .kOfN(random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(100)))
        .timeout(maybe(() -> Duration.ofSeconds(random.nextInt(100_000))))
        .build();
  }

  private Start start() {
    boolean inline = random.nextBoolean();
    return Start.builder()
        .id(taskId())
        .name(word())
        .target(target())
        .module(
            inline
                ? WasmModule.inline(bytes(1 + random.nextInt(100)))
                : WasmModule.image("registry.example.com/" + random.nextInt(100)))
        .state(random.nextInt(256))
        .kind(pick(Start.Kind.values()))
        .inputs(list(this::text))
        .cliArgs(list(this::text))
        .env(map(this::text))
        .daemon(random.nextBoolean())
        .encrypted(!inline && random.nextBoolean())
        .latent(random.nextBoolean())
        .mode(maybe(() -> pick(Start.Mode.values())))
        .kbsResourcePath(maybe(this::text))
        .halStoragePath(maybe(this::text))
        .priority(random.nextInt())
        .metadata(maybe(() -> Json.parse("{\"a\":" + json() + "}")))
        .monitoringProfile(
            maybe(
                () ->
                    MonitoringProfile.builder()
                        .enabled(random.nextBoolean())
                        .interval(Duration.ofSeconds(1 + random.nextInt(1000)))
                        .collectCpu(random.nextBoolean())
                        .collectMemory(random.nextBoolean())
                        .collectDiskIo(random.nextBoolean())
                        .collectThreads(random.nextBoolean())
                        .collectFileDescriptors(random.nextBoolean())
                        .exportToMqtt(random.nextBoolean())
                        .retainHistory(random.nextBoolean())
                        .historySize(random.nextInt(1000))
                        .build()))
        .build();
  }

  private Stop stop() {
    return Stop.builder().id(taskId()).name(word()).target(maybe(this::target)).build();
  }

  private Invoke invoke() {
    return Invoke.builder()
        .id(taskId())
        .invocationId(maybe(this::text))
        .inputs(list(this::text))
        .env(map(this::text))
        .target(target())
        .build();
  }

  private Chunk chunk() {
    int total = 1 + random.nextInt(10);
    return Chunk.builder()
        .appName(word())
        .index(random.nextInt(total))
        .total(total)
        .data(bytes(random.nextInt(300)))
        .build();
  }

  private RoundComplete roundComplete() {
    return RoundComplete.builder()
        .roundId(RoundId.of(word()))
        .newModelVersion(maybe(this::text))
        .modelUri(maybe(this::text))
        .nextRoundAvailable(random.nextBoolean())
        .timestamp(Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)))
        .build();
  }

  private Timestamp timestamp() {
    return random.nextBoolean()
        ? new Timestamp.At(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)))
        : new Timestamp.Uptime(Duration.ofMillis(random.nextInt(1 << 30)));
  }

  private Target target() {
    return random.nextBoolean() ? Target.broadcast() : Target.proplet(propletId());
  }

  private Json json() {
    return Json.parse(
        pick(
            "1", "-0.5e3", "true", "[]", "[1, {\"a\": null}]", "{\"k\":\"v\\u00e9\"}", "[\"🦀\"]"));
  }

  private TaskId taskId() {
    return TaskId.of(word());
  }

  private PropletId propletId() {
    return PropletId.of(word());
  }

  private Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /** Returns what may be an identifier. */
  private String word() {
    return pick("a", "p-1", "résumé", "日本語", "🦀", "with space", "x".repeat(256));
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private OptionalLong whole() {
    return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong());
  }

  private OptionalDouble real() {
    return random.nextBoolean()
        ? OptionalDouble.empty()
        : OptionalDouble.of(random.nextDouble(-1e6, 1e6));
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.empty() : Optional.of(value.get());
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <T> Map<String, T> map(Supplier<T> value) {
    return list(this::text).stream()
        .distinct()
        .collect(
            LinkedHashMap::new, (map, key) -> map.put(key, value.get()), LinkedHashMap::putAll);
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
