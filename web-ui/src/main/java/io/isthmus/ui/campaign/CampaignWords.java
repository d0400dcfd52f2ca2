package io.isthmus.ui.campaign;

import com.vaadin.flow.component.Component;
import io.isthmus.domain.campaign.Campaign;
import io.isthmus.domain.campaign.CampaignPace;
import io.isthmus.domain.campaign.CampaignStack;
import io.isthmus.domain.campaign.CampaignView;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.widget.Mark;
import java.util.ArrayList;
import java.util.List;

/** How campaigns are told on every page. */
final class CampaignWords {

  private final Component page;

  /**
   * @param page speaks the reader's language
   */
  CampaignWords(Component page) {
    this.page = page;
  }

  StateBadge status(Campaign.Status status) {
    Mark mark =
        switch (status) {
          case PREVIEWING, RUNNING, TAKING_BACK -> Mark.PROGRESS;
          case READY, SCHEDULED, ENDED, TAKEN_BACK -> Mark.UNKNOWN;
          case WAITING, PAUSED -> Mark.DEGRADED;
          case HALTED -> Mark.FAILED;
          case COMPLETE -> Mark.COMPLETE;
        };
    return new StateBadge(mark, page.getTranslation("campaign.status." + status));
  }

  StateBadge state(CampaignStack.State state) {
    Mark mark =
        switch (state) {
          case UNSEEN, UNCONCERNED, WAITING, AT_WORK, GONE, GOES_BACK -> Mark.UNKNOWN;
          case UPDATING, WATCHED, GOING_BACK -> Mark.PROGRESS;
          case DONE, TAKEN_BACK -> Mark.COMPLETE;
          case REFUSED, SKIPPED, OVERTAKEN, KEPT -> Mark.DEGRADED;
          case UNHEALTHY, FAILED -> Mark.FAILED;
        };
    return new StateBadge(mark, stateWords(state));
  }

  String stateWords(CampaignStack.State state) {
    return page.getTranslation("campaign.state." + state);
  }

  /** How many stacks are how far. */
  String counts(CampaignView view) {
    List<String> told = new ArrayList<>();
    view.counts()
        .forEach(
            (state, count) -> told.add(stateWords(state) + " " + Reader.formats().number(count)));
    return String.join(" · ", told);
  }

  /** In which order, how fast, and until when. */
  String pace(CampaignPace pace) {
    List<String> told = new ArrayList<>();
    if (pace.canaries() > 0 || !pace.canaryNames().isEmpty()) {
      told.add(
          page.getTranslation(
              "campaign.pace-canaries", pace.canaries(), String.join(", ", pace.canaryNames())));
    }
    told.add(page.getTranslation("campaign.pace-wave", pace.wave().toString()));
    if (pace.asks()) {
      told.add(page.getTranslation("campaign.pace-asks"));
    } else if (!pace.rest().isZero()) {
      told.add(page.getTranslation("campaign.pace-rest", pace.rest().toMinutes()));
    }
    told.add(page.getTranslation("campaign.pace-at-once", pace.atOnce()));
    told.add(page.getTranslation("campaign.pace-stop", pace.stopAfter().toString()));
    if (pace.keepsFailed()) {
      told.add(page.getTranslation("campaign.pace-keeps"));
    }
    return String.join(" · ", told);
  }
}
