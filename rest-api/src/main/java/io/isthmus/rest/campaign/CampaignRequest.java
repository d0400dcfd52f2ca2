package io.isthmus.rest.campaign;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.campaign.CampaignChange;
import io.isthmus.domain.campaign.CampaignPace;
import io.isthmus.domain.campaign.CampaignPace.Share;
import io.isthmus.domain.campaign.CampaignScope;
import io.isthmus.domain.campaign.CampaignWish;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Glob;
import io.isthmus.rest.problem.Arguments;
import jakarta.json.JsonValue;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One change that many stacks are to have.
 *
 * @param reason told in each stack's story
 * @param federation whether it is about all tenants' stacks; for administrators
 * @param projects {@code tenant/project}; the caller's own first project when neither is given
 * @param names patterns of the stacks' names; all when left out
 * @param clouds only stacks that have something in one of them; all when left out
 * @param pace all together, at once, when left out
 */
public record CampaignRequest(
    @NotNull String name,
    @NotNull String reason,
    Boolean federation,
    @Size(max = CampaignScope.MOST) List<@NotNull String> projects,
    @Size(max = CampaignScope.MOST) List<@NotNull String> names,
    @Size(max = CampaignScope.MOST) List<@NotNull String> clouds,
    @NotNull @Valid ChangeRequest change,
    @Valid PaceRequest pace) {

  /** Without the change, which may hold a secret. */
  @Override
  public String toString() {
    return "CampaignRequest[" + name + "]";
  }

  /**
   * What is changed.
   *
   * @param kind {@code image}, {@code flavor}, {@code tls_floor}, {@code parameter} or {@code
   *     template}
   * @param from of an image or flavor, the name that is replaced
   * @param to the name that replaces it
   * @param version the oldest version of TLS that is spoken, as Octavia names it
   * @param parameter name of the parameter
   * @param value that it gets
   * @param template HOT, as text
   * @param files what the template's {@code get_file} may ask for
   * @param replaces SHA-256 of the template that a stack must have; any when left out
   */
  public record ChangeRequest(
      @NotNull String kind,
      String from,
      String to,
      String version,
      String parameter,
      JsonValue value,
      String template,
      Map<String, @NotNull String> files,
      String replaces) {

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
      return "ChangeRequest[" + kind + "]";
    }

    /** What does not belong to the kind would be passed over in silence. */
    private void requireOwn() {
      Set<String> own = OF_KIND.get(kind);
      Map<String, Object> given = new TreeMap<>();
      given.put("from", from);
      given.put("to", to);
      given.put("version", version);
      given.put("parameter", parameter);
      given.put("value", value);
      given.put("template", template);
      given.put("files", files);
      given.put("replaces", replaces);
      given.forEach(
          (field, content) -> {
            if (own != null && content != null && !own.contains(field)) {
              throw FederationFault.invalid(
                  "change." + field, Phrase.of("campaign.field-alien", field, kind));
            }
          });
    }

    CampaignChange toChange() {
      requireOwn();
      return switch (kind) {
        case "image" -> new CampaignChange.Image(from, to);
        case "flavor" -> new CampaignChange.Flavor(from, to);
        case "parameter" -> new CampaignChange.Parameter(parameter, value);
        case "template" ->
            new CampaignChange.Template(
                template, files == null ? Map.of() : files, Optional.ofNullable(replaces));
        case "tls_floor" -> CampaignChange.TlsFloor.of(version);
        default ->
            throw FederationFault.invalid(
                "change.kind",
                Phrase.of("campaign.kind-unknown", kind),
                Phrase.of("campaign.kind-remedy"));
      };
    }
  }

  private static final Map<String, Set<String>> OF_KIND =
      Map.of(
          "image", Set.of("from", "to"),
          "flavor", Set.of("from", "to"),
          "tls_floor", Set.of("version"),
          "parameter", Set.of("parameter", "value"),
          "template", Set.of("template", "files", "replaces"));

  /**
   * How fast it goes, and when it stops by itself; what is left out is as in {@link
   * CampaignPace#TOGETHER}.
   *
   * @param at when it begins, as a clock in {@code timeZone} shows it
   * @param timeZone IANA's name
   * @param waveSize how many stacks, or percent, a wave has
   * @param asks whether a person lets each wave after the first begin
   * @param stopAfter it stops when more than so many, or percent, have failed
   * @param keepsFailed whether a stack whose update fails stays where it stands
   */
  public record PaceRequest(
      String at,
      String timeZone,
      Integer canaries,
      @Size(max = CampaignScope.MOST) List<@NotNull String> canaryNames,
      String waveSize,
      Integer restMinutes,
      Boolean asks,
      Integer atOnce,
      Integer watchMinutes,
      String stopAfter,
      Boolean keepsFailed) {

    CampaignPace toPace() {
      CampaignPace other = CampaignPace.TOGETHER;
      return new CampaignPace(
          Optional.ofNullable(at).map(CampaignPace::time),
          Optional.ofNullable(timeZone).map(PaceRequest::zone),
          canaries == null ? 0 : canaries,
          canaryNames == null ? List.of() : canaryNames,
          waveSize == null ? other.wave() : Share.read("wave_size", waveSize),
          restMinutes == null ? other.rest() : Duration.ofMinutes(restMinutes),
          Boolean.TRUE.equals(asks),
          atOnce == null ? other.atOnce() : atOnce,
          watchMinutes == null ? other.watch() : Duration.ofMinutes(watchMinutes),
          stopAfter == null ? other.stopAfter() : Share.read("stop_after", stopAfter),
          Boolean.TRUE.equals(keepsFailed));
    }

    private static ZoneId zone(String text) {
      try {
        return ZoneId.of(text);
      } catch (DateTimeException e) {
        throw FederationFault.invalid("time_zone", Phrase.of("campaign.zone-unknown", text));
      }
    }
  }

  /**
   * @param own the caller's own first project
   */
  CampaignWish toWish(Supplier<ProjectId> own) {
    boolean all = Boolean.TRUE.equals(federation);
    List<ProjectId> named =
        or(projects).stream()
            .map(text -> Arguments.parse("projects", text, ProjectId::parse))
            .toList();
    return new CampaignWish(
        name,
        reason,
        new CampaignScope(
            all,
            named.isEmpty() && !all ? List.of(own.get()) : named,
            or(names).stream().map(Glob::new).toList(),
            or(clouds).stream()
                .map(text -> Arguments.parse("clouds", text, CloudId::new))
                .toList()),
        change.toChange(),
        pace == null ? CampaignPace.TOGETHER : pace.toPace());
  }

  private static List<String> or(List<String> given) {
    return given == null ? List.of() : given;
  }
}
