package io.propeller.fl;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.Maps;
import com.google.common.hash.Hashing;
import io.propeller.fl.aggregate.Aggregate;
import io.propeller.fl.aggregate.AggregationException;
import io.propeller.fl.aggregate.AggregationInput;
import io.propeller.fl.aggregate.UpdateKind;
import io.propeller.fl.aggregate.WeightedUpdate;
import io.propeller.fl.model.Model;
import io.propeller.fl.model.ModelFile;
import io.propeller.fl.model.ModelShape;
import io.propeller.fl.round.AdmissionPolicy;
import io.propeller.fl.round.Contribution;
import io.propeller.fl.round.Round;
import io.propeller.fl.round.RoundJson;
import io.propeller.fl.round.RoundMetrics;
import io.propeller.fl.round.RoundSpec;
import io.propeller.fl.round.Stage.Ready;
import io.propeller.fl.round.UpdateCheck;
import io.propeller.fl.round.UpdateCheck.Checked;
import io.propeller.fl.store.CorruptContentException;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.Lineage;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.update.DecodedUpdate;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.Refusal;
import io.propeller.fl.update.Refusal.Reason;
import io.propeller.fl.update.RoundId;
import io.propeller.fl.update.UpdateDecoder;
import io.propeller.fl.update.UpdateEnvelope;
import io.propeller.fl.update.UpdateRefusedException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out one round: admits updates, keeps them, and aggregates them when it is time.
 *
 * <p>An update is stored before it counts, and counts before {@link #offer} returns; so a message
 * whose {@code offer} has returned may be acknowledged, and after a crash the round goes on from
 * what is in the store. Only the tally of refusals is written with the next change of the round,
 * and a crash may lose the newest of it.
 *
 * <p>Safe for use by several threads.
 */
public final class RoundCoordinator {
  private final RoundPlan plan;
  private final ModelStore store;
  private final InstantSource clock;
  private final UpdateDecoder decoder;
  private final Optional<Model> base;
  private final AdmissionPolicy policy;
  private Optional<ModelShape> shape;
  private Round round;

  private RoundCoordinator(
      RoundPlan plan, ModelStore store, InstantSource clock, Optional<Model> base, Round round)
      throws IOException {
    this.plan = plan;
    this.store = store;
    this.clock = clock;
    this.decoder = new UpdateDecoder(plan.limits());
    this.base = base;
    this.policy =
        AdmissionPolicy.builder()
            .from(plan.policy())
            .lossRequired(plan.policy().lossRequired() || plan.algorithm().lossRequired())
            .reference(plan.kind() == UpdateKind.MODEL ? base : Optional.empty())
            .build();
    this.shape = base.map(Model::shape).or(() -> plan.policy().shape());
    this.round = round;
    if (shape.isEmpty() && !round.contributions().isEmpty()) {
      shape =
          Optional.of(stored(round.contributions().values().iterator().next().update()).shape());
    }
  }

  /**
   * Begins a round, or goes on with it if the store knows it; then the specification is the one
   * that it began with.
   *
   * @throws IllegalArgumentException if the algorithm can never work with the specification, such
   *     as a quorum below its bound
   * @throws IOException if the store cannot be read or written
   */
  public static RoundCoordinator open(
      RoundPlan plan, RoundSpec spec, ModelStore store, InstantSource clock) throws IOException {
    Optional<byte[]> saved = store.loadRound(plan.round());
    Round round = saved.isPresent() ? RoundJson.read(saved.get()) : Round.open(spec);
    checkArgument(
        round.spec().quorum() >= plan.algorithm().minimumUpdates(),
        "kOfN must be at least %s for %s with these parameters, is %s",
        plan.algorithm().minimumUpdates(),
        plan.algorithmName(),
        round.spec().quorum());
    checkArgument(
        !plan.algorithm().noisy() || round.spec().noiseSeed().isPresent(),
        "%s needs a noise seed in the round's specification",
        plan.algorithmName());
    Optional<Model> base = Optional.empty();
    if (plan.base().isPresent()) {
      base = Optional.of(ModelFile.open(store.open(plan.base().get().content())).toModel());
    }
    RoundCoordinator coordinator = new RoundCoordinator(plan, store, clock, base, round);
    if (saved.isEmpty()) {
      store.saveRound(plan.round(), RoundJson.write(round));
    }
    return coordinator;
  }

  private ModelFile stored(Digest digest) throws IOException {
    return ModelFile.open(store.open(digest));
  }

  /**
   * Takes a message.
   *
   * @throws IOException if the store cannot keep the update; then it does not count, and the
   *     message may be offered again
   */
  public synchronized Admission offer(byte[] message, MessageOrigin origin) throws IOException {
    Instant now = clock.instant();
    advance(round.at(now));
    try {
      Contribution contribution = admit(message, origin);
      advance(round.admit(contribution, now));
      return new Admission.Counted(contribution);
    } catch (UpdateRefusedException e) {
      long fingerprint = Hashing.sha256().hashBytes(message).asLong();
      round = round.refuse(e.refusal().reason(), fingerprint);
      return new Admission.Refused(e.refusal());
    }
  }

  private Contribution admit(byte[] message, MessageOrigin origin)
      throws UpdateRefusedException, IOException {
    UpdateEnvelope envelope = UpdateEnvelope.decode(message, plan.limits());
    Optional<ParticipantId> sender = sender(envelope, origin);
    Optional<Refusal> objection = round.objection(sender, roundOf(envelope, origin));
    if (objection.isPresent()) {
      throw new UpdateRefusedException(objection.get());
    }
    if (envelope.error().isPresent()) {
      throw new UpdateRefusedException(
          new Refusal(Reason.WORKER_ERROR, "the worker reports an error"));
    }
    DecodedUpdate update = decoder.decode(envelope, shape);
    Checked checked = UpdateCheck.check(update, policy, shape);
    ModelFile file = new ModelFile(checked.shape(), checked.values());
    Digest digest = store.put(file::write);
    shape = Optional.of(checked.shape());
    return new Contribution(
        sender.orElseThrow(), digest, checked.weight(), update.metrics(), checked.clipped());
  }

  private static Optional<ParticipantId> sender(UpdateEnvelope envelope, MessageOrigin origin) {
    return origin
        .sender()
        .or(() -> envelope.propletId().flatMap(text -> valid(ParticipantId::of, text)));
  }

  /** Returns the round that the message is for; empty if the transport and the message disagree. */
  private static Optional<RoundId> roundOf(UpdateEnvelope envelope, MessageOrigin origin) {
    Optional<RoundId> stated = envelope.roundId().flatMap(text -> valid(RoundId::parse, text));
    if (stated.isPresent() && origin.round().isPresent() && !stated.equals(origin.round())) {
      return Optional.empty();
    }
    return stated.or(origin::round);
  }

  private static <T> Optional<T> valid(Function<String, T> parser, String text) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Gives a participant up: its task failed, or its worker is gone.
   *
   * @return the round as it is now
   * @throws IllegalArgumentException if it is not a participant
   * @throws IOException if the store cannot be written; then nothing has changed
   */
  public synchronized Round withdraw(ParticipantId participant) throws IOException {
    advance(round.withdraw(participant, clock.instant()));
    return round;
  }

  /**
   * Lets time pass, and writes what is not written yet. To be called at {@link Round#nextChange()}.
   *
   * @return the round as it is now
   * @throws IOException if the store cannot be written; then nothing has changed
   */
  public synchronized Round tick() throws IOException {
    Round next = round.at(clock.instant());
    store.saveRound(plan.round(), RoundJson.write(next));
    round = next;
    return next;
  }

  /** Returns the round as it was at the last call. */
  public synchronized Round round() {
    return round;
  }

  /** Returns the figures of the round. */
  public RoundMetrics metrics() {
    return RoundMetrics.of(round(), clock.instant());
  }

  private void advance(Round next) throws IOException {
    boolean changed =
        !next.stage().equals(round.stage())
            || next.contributions().size() != round.contributions().size()
            || next.withdrawn().size() != round.withdrawn().size();
    if (changed) {
      store.saveRound(plan.round(), RoundJson.write(next));
      round = next;
    }
  }

  /**
   * Computes and publishes the next version of the model. Repeating it after a crash gives the same
   * version.
   *
   * @return the version; empty if the rule cannot be applied, and the round is closed for that
   *     reason
   * @throws IllegalStateException if the round is not ready
   * @throws IOException if the store cannot be read or written; then it may be tried again
   */
  public Optional<ModelVersion> aggregate() throws IOException {
    Round ready = round();
    checkState(
        ready.stage() instanceof Ready, "%s is not ready but %s", ready.spec().id(), ready.stage());
    try {
      Aggregate aggregate = plan.algorithm().aggregate(input(ready));
      Digest content = put(aggregate.model());
      Optional<Digest> state =
          aggregate.state().isPresent()
              ? Optional.of(put(aggregate.state().get()))
              : Optional.empty();
      Instant now = clock.instant();
      ModelVersion version = store.publish(plan.model(), content, state, lineage(ready), now);
      close(round().aggregated(content, now));
      return Optional.of(version);
    } catch (AggregationException | CorruptContentException e) {
      close(round().failed(String.valueOf(e.getMessage()), clock.instant()));
      return Optional.empty();
    }
  }

  private synchronized void close(Round closed) throws IOException {
    advance(closed);
  }

  private Digest put(Model model) throws IOException {
    return store.put(new ModelFile(model.shape(), model.values())::write);
  }

  private AggregationInput input(Round ready) throws IOException {
    var input = AggregationInput.builder().kind(plan.kind()).threads(plan.threads()).global(base);
    for (Contribution contribution : ready.contributions().values()) {
      ModelFile update = stored(contribution.update());
      input.shape(update.shape());
      input.addUpdates(
          new WeightedUpdate(
              contribution.participant(),
              contribution.weight(),
              contribution.metrics().loss(),
              update.values()));
    }
    Optional<Digest> state = plan.base().flatMap(ModelVersion::serverState);
    if (state.isPresent()) {
      input.state(stored(state.get()).toModel());
    }
    return input.noiseSeed(ready.spec().noiseSeed()).build();
  }

  private Lineage lineage(Round ready) {
    return Lineage.of(
        ready.spec().id(),
        plan.algorithmName(),
        plan.base().map(ModelVersion::content),
        Maps.transformValues(ready.contributions(), Contribution::update));
  }
}
