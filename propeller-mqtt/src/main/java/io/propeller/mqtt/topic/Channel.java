package io.propeller.mqtt.topic;

import java.util.List;
import java.util.Optional;

/**
 * The part of a broker's topics that a group of workers and their operator share.
 *
 * @param domain the domain
 * @param id the channel within it
 */
public record Channel(DomainId domain, ChannelId id) {

  /**
   * Returns the channel with these ids.
   *
   * @throws IllegalArgumentException if one of them cannot be a level of a topic
   */
  public static Channel of(String domain, String id) {
    return new Channel(DomainId.of(domain), ChannelId.of(id));
  }

  /** Returns what all topics of the channel start with, without a slash at the end. */
  public String base() {
    return "m/" + domain + "/c/" + id;
  }

  /**
   * Returns the topic of a kind of message.
   *
   * @param levels what stands for each variable level of the kind
   * @throws IllegalArgumentException if there are too few or too many levels, or one cannot be one
   */
  public Topic topic(Subtopic<?> subtopic, String... levels) {
    return new Topic(base() + "/" + subtopic.fill(levels));
  }

  /**
   * Returns the filters that subscriptions to a kind of message have: one, or two if some leave out
   * the base.
   */
  public List<String> filters(Subtopic<?> subtopic) {
    String filter = base() + "/" + subtopic.filter();
    return subtopic.alsoWithoutBase() ? List.of(filter, subtopic.filter()) : List.of(filter);
  }

  /**
   * Returns what is said on a topic, or nothing if it is not one of this channel, or of none that
   * is known.
   */
  public Optional<Route> match(String topic) {
    String base = base();
    if (topic.length() > base.length() + 1
        && topic.startsWith(base)
        && topic.charAt(base.length()) == '/') {
      return Subtopic.match(topic.substring(base.length() + 1));
    }
    return Subtopic.match(topic).filter(route -> route.subtopic().alsoWithoutBase());
  }

  @Override
  public String toString() {
    return base();
  }
}
