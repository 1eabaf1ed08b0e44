package io.propeller.benchmarks.scheduler;

import com.netflix.fenzo.VirtualMachineLease;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.mesos.Protos;
import org.jspecify.annotations.Nullable;

/**
 * A host as Fenzo wants it.
 *
 * @param hostname its name
 */
record FenzoHost(String hostname) implements VirtualMachineLease {

  @Override
  public String getId() {
    return hostname;
  }

  @Override
  public long getOfferedTime() {
    return 0;
  }

  @Override
  public String getVMID() {
    return hostname;
  }

  @Override
  public double cpuCores() {
    return HostFilling.TASKS_PER_HOST;
  }

  @Override
  public double memoryMB() {
    return 1_000 * HostFilling.TASKS_PER_HOST;
  }

  @Override
  public double networkMbps() {
    return 0;
  }

  @Override
  public double diskMB() {
    return 0;
  }

  @Override
  public List<Range> portRanges() {
    return List.of();
  }

  @Override
  public Protos.@Nullable Offer getOffer() {
    return null;
  }

  @Override
  public Map<String, Protos.Attribute> getAttributeMap() {
    // Fenzo asks it for null, which Map.of() does not answer.
    return Collections.emptyMap();
  }

  @Override
  public Double getScalarValue(String name) {
    return 0.0;
  }

  @Override
  public Map<String, Double> getScalarValues() {
    return Map.of();
  }
}
