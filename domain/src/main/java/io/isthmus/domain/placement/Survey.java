package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.filter.AccessFilter;
import io.isthmus.domain.placement.filter.CatalogFilter;
import io.isthmus.domain.placement.filter.ClosedAreaFilter;
import io.isthmus.domain.placement.filter.CloudChoiceFilter;
import io.isthmus.domain.placement.filter.EnabledFilter;
import io.isthmus.domain.placement.filter.FlavorFitFilter;
import io.isthmus.domain.placement.filter.HealthFilter;
import io.isthmus.domain.placement.filter.InventoryFilter;
import io.isthmus.domain.placement.filter.NeedsFilter;
import io.isthmus.domain.placement.filter.OperatorExposureFilter;
import io.isthmus.domain.placement.filter.QuotaFilter;
import io.isthmus.domain.placement.filter.ResidencyFilter;
import io.isthmus.domain.placement.filter.ServiceFilter;
import io.isthmus.domain.placement.filter.VolumeFitFilter;
import io.isthmus.domain.placement.filter.ZoneFilter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Examines every region for every kind of unit, and states what is to be arranged. */
final class Survey {

  final Catalog catalog;
  final List<Site> sites = new ArrayList<>();

  /** How many sites each cloud has. */
  final Map<CloudId, Integer> regionsOf = new HashMap<>();

  final Problem problem = new Problem();
  final Nearness nearness;

  /** Of several sites together; numbered after the sites' own. */
  final List<Pool> pools;

  final Omissions omissions;
  private final Units units;
  private final int[][] weightsOf;

  /** By kind and site: why not. */
  private final List<List<List<RuleRefusal>>> refusals = new ArrayList<>();

  /** By kind: places that refused. */
  private final Map<Integer, List<Refusal>> refusedPlaces = new HashMap<>();

  private final Map<Demand.Zoned, int[]> candidatesOf = new EnumMap<>(Demand.Zoned.class);
  private final List<PlacementFilter> filters;
  private final List<ClosedArea> closed;

  Survey(
      Units units,
      FederationSnapshot federation,
      Preferences preferences,
      Distances.Memory distances) {
    this.units = units;
    weightsOf = weigh(units);
    closed = federation.closed();
    catalog = new Catalog(federation);
    pools = federation.allowances().stream().map(Pool::new).toList();
    NeedsFilter needs = new NeedsFilter(LocalDate.ofInstant(federation.takenAt(), ZoneOffset.UTC));
    omissions = new Omissions(units, needs);
    filters =
        List.of(
            new AccessFilter(),
            new EnabledFilter(),
            new ClosedAreaFilter(federation.closed()),
            new HealthFilter(),
            new InventoryFilter(),
            new ResidencyFilter(),
            new OperatorExposureFilter(),
            new CloudChoiceFilter(),
            needs,
            new ServiceFilter(),
            new FlavorFitFilter(catalog),
            new VolumeFitFilter(catalog),
            new CatalogFilter(catalog),
            new ZoneFilter(),
            new QuotaFilter(catalog, pools));
    findSites(federation);
    findCandidates();
    examine();
    nearness = new Nearness(units, sites, distances.between(sites));
    problem.affinities = nearness.affinities;
    keepNear();
    problem.suitability = new Suitability(preferences, sites, units.demands, catalog, openSites());
    nameDomains();
    limit();
    profile(Map.of());
  }

  private void findSites(FederationSnapshot federation) {
    List<CloudView> clouds =
        federation.clouds().stream().sorted(Comparator.comparing(CloudView::id)).toList();
    List<Integer> cloudOf = new ArrayList<>();
    for (int c = 0; c < clouds.size(); c++) {
      CloudView cloud = clouds.get(c);
      List<RegionInventory> regions =
          cloud.inventory().map(inventory -> inventory.regions()).orElse(List.of());
      if (regions.isEmpty()) {
        sites.add(new Site(cloud, Optional.empty()));
        cloudOf.add(c);
      }
      List<RegionInventory> sorted =
          regions.stream().sorted(Comparator.comparing(RegionInventory::region)).toList();
      for (RegionInventory region : sorted) {
        sites.add(new Site(cloud, Optional.of(region)));
        cloudOf.add(c);
      }
    }
    problem.sites = sites.size();
    sites.forEach(site -> regionsOf.merge(site.cloud().id(), 1, Integer::sum));
    problem.cloudOf = cloudOf.stream().mapToInt(Integer::intValue).toArray();
  }

  private void findCandidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (int s = 0; s < sites.size(); s++) {
      Site site = sites.get(s);
      if (site.region().isPresent()) {
        RegionInventory region = site.region().get();
        Place place = Place.inRegion(site.cloud().id(), region.region());
        candidates.add(new Candidate(s, Demand.Zoned.NOT, place));
        addZones(s, Demand.Zoned.COMPUTE, place, region.zones(), candidates);
        addZones(s, Demand.Zoned.VOLUME, place, region.volumeZones(), candidates);
      }
    }
    problem.candidates = candidates;
    problem.units = units.units;
    problem.constraints = units.constraints;
  }

  private static void addZones(
      int site, Demand.Zoned zoned, Place region, List<String> zones, List<Candidate> into) {
    if (zones.isEmpty()) {
      into.add(new Candidate(site, zoned, region));
    }
    new TreeSet<>(zones)
        .forEach(
            zone ->
                into.add(
                    new Candidate(
                        site, zoned, Place.inZone(region.cloud(), region.region(), zone))));
  }

  private void examine() {
    int kinds = units.demands.size();
    problem.eligible = new int[kinds][];
    problem.amounts = new long[kinds][sites.size()][];
    problem.closures = new int[kinds][];
    problem.nodeAmounts = units.amounts;
    for (int k = 0; k < kinds; k++) {
      Demand demand = units.demands.get(k);
      problem.closures[k] = units.closures.get(k).stream().toArray();
      List<List<RuleRefusal>> bySite = new ArrayList<>();
      for (int s = 0; s < sites.size(); s++) {
        List<RuleRefusal> why = new ArrayList<>();
        for (PlacementFilter filter : filters) {
          filter.examine(demand, sites.get(s), why::add);
        }
        refuseUnknownDomains(k, s, why);
        bySite.add(why.size() < 2 ? List.copyOf(why) : why.stream().distinct().toList());
        if (why.isEmpty() && sites.get(s).region().isPresent()) {
          problem.amounts[k][s] = amounts(k, s);
        }
      }
      refusals.add(bySite);
      int kind = k;
      problem.eligible[k] = Arrays.stream(candidates(k)).filter(c -> isOpen(kind, c)).toArray();
    }
  }

  /** Refuses what is too far from every place of the other side, until nothing more falls out. */
  private void keepNear() {
    boolean changed = nearness.affinities.size() > 0;
    while (changed) {
      changed = false;
      boolean[][] open = openSites();
      for (int k = 0; k < open.length; k++) {
        for (int s = 0; s < sites.size(); s++) {
          Optional<RuleRefusal> tooFar =
              open[k][s] ? nearness.refusal(k, s, open) : Optional.empty();
          if (tooFar.isPresent()) {
            refusals.get(k).set(s, List.of(tooFar.get()));
            changed = true;
          }
        }
        int kind = k;
        problem.eligible[k] =
            Arrays.stream(problem.eligible[k]).filter(c -> isOpen(kind, c)).toArray();
      }
    }
  }

  /** By kind and site: whether it has a candidate there. */
  private boolean[][] openSites() {
    boolean[][] open = new boolean[problem.kinds()][sites.size()];
    for (int k = 0; k < open.length; k++) {
      for (int candidate : problem.eligible[k]) {
        open[k][problem.candidates.get(candidate).site()] = true;
      }
    }
    return open;
  }

  /** Every candidate of the sort of zone that the kind is told apart by. */
  int[] candidates(int kind) {
    return candidatesOf.computeIfAbsent(
        units.demands.get(kind).zoned(),
        zoned ->
            IntStream.range(0, problem.candidates.size())
                .filter(c -> problem.candidates.get(c).zoned() == zoned)
                .toArray());
  }

  private boolean isOpen(int kind, int candidate) {
    Candidate it = problem.candidates.get(candidate);
    return refusals.get(kind).get(it.site()).isEmpty() && zoneRefusal(kind, candidate).isEmpty();
  }

  /** Why a zone of a region that can be taken cannot. */
  Optional<RuleRefusal> zoneRefusal(int kind, int candidate) {
    Demand demand = units.demands.get(kind);
    Candidate it = problem.candidates.get(candidate);
    List<Refusal> known = refusedPlaces.getOrDefault(kind, List.of());
    Optional<Refusal> refused =
        known.stream()
            .filter(
                refusal ->
                    it.place().availabilityZone().isPresent() && it.place().equals(refusal.place()))
            .findFirst();
    if (refused.isPresent()) {
      return Optional.of(Relocating.words(refused.get()));
    }
    Optional<ClosedArea> shut =
        it.place().availabilityZone().isEmpty()
            ? Optional.empty()
            : closed.stream().filter(area -> area.area().covers(it.place())).findFirst();
    if (shut.isPresent()) {
      return Optional.of(RuleRefusal.of(Hindrance.CLOSED, shut.get().reason()));
    }
    Set<String> asked =
        it.zoned() == Demand.Zoned.COMPUTE ? demand.computeZones() : demand.volumeZones();
    Optional<String> zone = it.place().availabilityZone();
    if (it.zoned() == Demand.Zoned.NOT
        || asked.isEmpty()
        || zone.isPresent() && asked.contains(zone.get())) {
      return Optional.empty();
    }
    return Optional.of(
        RuleRefusal.of(
            Hindrance.ZONE, Phrase.of("placement.zone.another-asked", String.join(", ", asked))));
  }

  /** A hard spread over something that is not known of a region refuses it, naming the fact. */
  private void refuseUnknownDomains(int kind, int site, List<RuleRefusal> why) {
    int[] weights = weightsOf[kind];
    for (int c = 0; c < weights.length; c++) {
      SpreadDomain across = units.constraints.get(c).across();
      if (weights[c] == 0 || !units.constraints.get(c).hard()) {
        continue;
      }
      Site there = sites.get(site);
      String rule = units.constraintRules.get(c).name();
      if ((across == SpreadDomain.COUNTRY || across == SpreadDomain.JURISDICTION)
          && there.facts().country().isEmpty()) {
        why.add(
            RuleRefusal.byRule(
                rule, Phrase.of("placement.spread.country-unknown", there.label(), rule)));
      }
      if (across == SpreadDomain.OPERATOR && !there.cloud().facts().operator().known()) {
        why.add(
            RuleRefusal.byRule(
                rule, Phrase.of("placement.spread.operator-unknown", there.cloud().name(), rule)));
      }
    }
  }

  /** By kind: what a unit of it counts under each constraint, the same for all of a kind. */
  private static int[][] weigh(Units units) {
    int[][] weights = new int[units.demands.size()][];
    for (PlacementUnit unit : units.units) {
      if (weights[unit.kind()] == null) {
        weights[unit.kind()] = unit.weights();
      }
    }
    return weights;
  }

  private long[] amounts(int kind, int site) {
    Site there = sites.get(site);
    long[] all =
        Requirements.amounts(
            units.demands.get(kind), there.cloud(), there.region().orElseThrow(), catalog);
    // What is stretched is counted once in a region, whoever needs it.
    for (int node : problem.closures[kind]) {
      for (int q = 0; q < all.length; q++) {
        all[q] -= units.amounts[node][q];
      }
    }
    return all;
  }

  private void limit() {
    int all = sites.size() + pools.size();
    problem.left = new long[all][];
    problem.maxima = new long[all][];
    problem.poolsOf = new int[sites.size()][];
    for (int s = 0; s < sites.size(); s++) {
      limit(s, sites.get(s).region().map(RegionInventory::limits).orElse(Map.of()));
      int site = s;
      problem.poolsOf[s] =
          IntStream.concat(
                  IntStream.of(site),
                  IntStream.range(sites.size(), all)
                      .filter(pool -> pools.get(pool - sites.size()).covers(sites.get(site))))
              .toArray();
    }
    for (int p = 0; p < pools.size(); p++) {
      limit(sites.size() + p, pools.get(p).allowance().limits());
    }
    problem.headroom = new Headroom(problem, sites);
  }

  private void limit(int pool, Map<LimitKind, Limit> limits) {
    problem.left[pool] = Amounts.none();
    problem.maxima[pool] = Amounts.none();
    Arrays.fill(problem.left[pool], Long.MAX_VALUE);
    limits.forEach(
        (kind, limit) -> {
          if (limit.maximum() >= 0) {
            problem.left[pool][kind.ordinal()] = limit.remaining();
            problem.maxima[pool][kind.ordinal()] = limit.maximum();
          }
        });
  }

  /** Why a quota keeps a unit out of a region, the rest of the stack being where it is. */
  Phrase usedByTheRest(Problem.Quota quota) {
    LimitKind kind = LimitKind.values()[quota.kind()];
    return quota.pool() < sites.size()
        ? Phrase.of(
            "placement.quota.used-by-the-rest",
            sites.get(quota.pool()).label(),
            LimitKind.names(List.of(kind)))
        : pools.get(quota.pool() - sites.size()).usedByTheRest(kind);
  }

  /** What all together asks for more of than is left, quota by quota. */
  List<Phrase> exceeded(Arrangement arrangement) {
    List<Phrase> exceeded = new ArrayList<>();
    for (int pool = 0; pool < arrangement.left.length; pool++) {
      for (LimitKind kind : LimitKind.values()) {
        long left = arrangement.left[pool][kind.ordinal()];
        if (left < 0) {
          exceeded.add(lacking(pool, kind, problem.left[pool][kind.ordinal()] - left));
        }
      }
    }
    return exceeded;
  }

  private Phrase lacking(int pool, LimitKind kind, long asked) {
    if (pool >= sites.size()) {
      return pools.get(pool - sites.size()).lacking(kind, asked);
    }
    RegionInventory region = sites.get(pool).region().orElseThrow();
    return QuotaFilter.lacking(kind, region.region(), asked, region.limits().get(kind));
  }

  private void nameDomains() {
    int constraints = units.constraints.size();
    problem.domainOf = new int[constraints][problem.candidates.size()];
    problem.domains = new ArrayList<>();
    for (int c = 0; c < constraints; c++) {
      Map<String, Integer> numbers = new HashMap<>();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < problem.candidates.size(); i++) {
        Candidate candidate = problem.candidates.get(i);
        Optional<String> name = domain(units.constraints.get(c).across(), candidate);
        if (name.isEmpty()) {
          problem.domainOf[c][i] = -1;
          continue;
        }
        problem.domainOf[c][i] =
            numbers.computeIfAbsent(
                name.get(),
                fresh -> {
                  names.add(fresh);
                  return names.size() - 1;
                });
      }
      problem.domains.add(names);
    }
  }

  private Optional<String> domain(SpreadDomain across, Candidate candidate) {
    Site site = sites.get(candidate.site());
    Place place = candidate.place();
    return switch (across) {
      case OPERATOR -> Optional.of(site.cloud().facts().operator().id());
      case COUNTRY -> site.facts().country();
      case JURISDICTION -> site.facts().country().map(Jurisdictions::outermost);
      case CLOUD -> Optional.of(place.cloud().text());
      case REGION -> Optional.of(place.regionOnly().toString());
      // A region that tells no zones is one; what has no zone is not counted over zones.
      case AVAILABILITY_ZONE ->
          candidate.zoned() == Demand.Zoned.NOT ? Optional.empty() : Optional.of(place.toString());
    };
  }

  /** A place is none any more for units of a kind; {@link #narrow} makes it so. */
  void refuse(int kind, Refusal refusal) {
    List<Refusal> known = new ArrayList<>(refusedPlaces.getOrDefault(kind, List.of()));
    known.add(refusal);
    refusedPlaces.put(kind, known);
    for (int s = 0; s < sites.size(); s++) {
      Site site = sites.get(s);
      boolean whole =
          refusal.place().availabilityZone().isEmpty()
              && site.cloud().id().equals(refusal.place().cloud())
              && site.region()
                  .filter(region -> region.region().equals(refusal.place().region()))
                  .isPresent();
      if (whole) {
        List<RuleRefusal> why = new ArrayList<>(refusals.get(kind).get(s));
        why.add(Relocating.words(refusal));
        refusals.get(kind).set(s, why);
      }
    }
  }

  /**
   * Leaves out what was refused since the survey.
   *
   * @param occupied by kind, candidates where some of it stays: they count as eligible to spread
   *     over, though nothing more can come to those that are refused
   */
  void narrow(Map<Integer, BitSet> occupied) {
    for (int k = 0; k < problem.eligible.length; k++) {
      int kind = k;
      problem.eligible[k] =
          Arrays.stream(problem.eligible[k]).filter(c -> isOpen(kind, c)).toArray();
    }
    profile(occupied);
  }

  /** Kinds with the same eligible domains share a profile. */
  private void profile(Map<Integer, BitSet> occupied) {
    int constraints = units.constraints.size();
    int kinds = units.demands.size();
    problem.profileOf = new int[constraints][kinds];
    problem.profiles = new int[constraints][][];
    for (int c = 0; c < constraints; c++) {
      Map<List<Integer>, Integer> numbers = new HashMap<>();
      List<int[]> profiles = new ArrayList<>();
      for (int k = 0; k < kinds; k++) {
        if (weightsOf[k][c] == 0) {
          continue;
        }
        int constraint = c;
        int[] eligible =
            IntStream.concat(
                    Arrays.stream(problem.eligible[k]),
                    occupied.getOrDefault(k, new BitSet()).stream())
                .map(candidate -> problem.domainOf[constraint][candidate])
                .filter(domain -> domain >= 0)
                .distinct()
                .sorted()
                .toArray();
        problem.profileOf[c][k] =
            numbers.computeIfAbsent(
                Arrays.stream(eligible).boxed().toList(),
                fresh -> {
                  profiles.add(eligible);
                  return profiles.size() - 1;
                });
      }
      problem.profiles[c] = profiles.toArray(new int[0][]);
    }
  }

  /** What of a unit is at the candidate that it was given. */
  Omissions.Share share(int unit, int candidate) {
    return omissions.at(
        problem.units.get(unit), sites.get(problem.candidates.get(candidate).site()));
  }

  List<RuleRefusal> refusals(int kind, int site) {
    return refusals.get(kind).get(site);
  }
}
