package io.propeller.demo;

import io.propeller.api.v1.FederatedJob;
import io.propeller.fl.model.ModelJson;
import io.propeller.testkit.training.LinearModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The models of a job, as workers get them. */
final class Models {

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;

  Models(URI coordinator, FederatedJob job) {
    this.url =
        "%s/%s/%s/models/"
            .formatted(coordinator, job.getMetadata().getNamespace(), job.getMetadata().getName());
  }

  /**
   * Returns the model that a round made.
   *
   * @throws DemoException if it cannot be had
   */
  LinearModel version(int number) throws InterruptedException {
    URI address = URI.create(url + number);
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new DemoException(address + " gives no model: status " + response.statusCode());
      }
      return LinearModel.of(ModelJson.read(response.body()));
    } catch (IOException | IllegalArgumentException e) {
      throw new DemoException(address + " gives no model: " + e.getMessage(), e);
    }
  }
}
