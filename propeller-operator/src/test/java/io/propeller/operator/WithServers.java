package io.propeller.operator;

import io.propeller.api.v1.FederatedJob;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TrainingRound;
import io.propeller.testkit.kube.WithKubeControlPlane;
import io.propeller.testkit.mqtt.WithMosquitto;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an operator needs: a real API server with its resources, and a real broker. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@WithKubeControlPlane(
    install = {
      Proplet.class,
      Task.class,
      PropellerJob.class,
      FederatedJob.class,
      TrainingRound.class
    })
@WithMosquitto
@interface WithServers {}
