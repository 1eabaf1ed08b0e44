package io.propeller.operator.internal.proplet;

import io.propeller.api.v1.PropletMetadata;

/** Says in the terms of the status what a worker says of itself. */
final class PropletMetadataMapping {

  private PropletMetadataMapping() {}

  static PropletMetadata of(io.propeller.mqtt.message.PropletMetadata said) {
    PropletMetadata metadata = new PropletMetadata();
    said.description().ifPresent(metadata::setDescription);
    metadata.setTags(said.tags());
    said.location().ifPresent(metadata::setLocation);
    said.ip().ifPresent(metadata::setIp);
    said.environment().ifPresent(metadata::setEnvironment);
    said.os().ifPresent(metadata::setOs);
    said.hostname().ifPresent(metadata::setHostname);
    said.cpuArch().ifPresent(metadata::setCpuArch);
    said.totalMemoryBytes().ifPresent(metadata::setTotalMemoryBytes);
    said.propletVersion().ifPresent(metadata::setPropletVersion);
    said.wasmRuntime().ifPresent(metadata::setWasmRuntime);
    return metadata;
  }
}
