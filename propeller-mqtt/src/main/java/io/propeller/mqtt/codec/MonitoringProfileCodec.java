package io.propeller.mqtt.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.propeller.mqtt.message.MonitoringProfile;
import java.io.IOException;
import java.time.Duration;

/** Reads and writes what is to be measured; writes every key, since workers want them all. */
final class MonitoringProfileCodec {

  private static final int MAX_INTERVAL_SECONDS = 365 * 24 * 3600;

  private MonitoringProfileCodec() {}

  static MonitoringProfile read(JsonReader in) throws IOException, DecodeException {
    in.object();
    var profile = MonitoringProfile.builder();
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "enabled" -> profile.enabled(in.bool());
        case "interval" -> profile.interval(Duration.ofSeconds(in.whole(1, MAX_INTERVAL_SECONDS)));
        case "collect_cpu" -> profile.collectCpu(in.bool());
        case "collect_memory" -> profile.collectMemory(in.bool());
        case "collect_disk_io" -> profile.collectDiskIo(in.bool());
        case "collect_threads" -> profile.collectThreads(in.bool());
        case "collect_file_descriptors" -> profile.collectFileDescriptors(in.bool());
        case "export_to_mqtt" -> profile.exportToMqtt(in.bool());
        case "retain_history" -> profile.retainHistory(in.bool());
        case "history_size" -> profile.historySize(in.whole(0, Integer.MAX_VALUE));
        default -> in.skip();
      }
    }
    return profile.build();
  }

  static void write(JsonGenerator out, MonitoringProfile profile) throws IOException {
    out.writeObjectFieldStart("monitoring_profile");
    out.writeBooleanField("enabled", profile.enabled());
    out.writeNumberField("interval", profile.interval().toSeconds());
    out.writeBooleanField("collect_cpu", profile.collectCpu());
    out.writeBooleanField("collect_memory", profile.collectMemory());
    out.writeBooleanField("collect_disk_io", profile.collectDiskIo());
    out.writeBooleanField("collect_threads", profile.collectThreads());
    out.writeBooleanField("collect_file_descriptors", profile.collectFileDescriptors());
    out.writeBooleanField("export_to_mqtt", profile.exportToMqtt());
    out.writeBooleanField("retain_history", profile.retainHistory());
    out.writeNumberField("history_size", profile.historySize());
    out.writeEndObject();
  }
}
