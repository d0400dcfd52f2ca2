package io.isthmus.domain.notice;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.stack.StackId;
import java.util.UUID;

/** What a notice is about, and leads to. */
public sealed interface NoticeSubject {

  /** What people call it, in no language. */
  String name();

  /** A stack, which may be gone since. */
  record OfStack(StackId stack, String name) implements NoticeSubject {}

  /** A cloud, or an access to it. */
  record OfCloud(CloudId cloud) implements NoticeSubject {
    @Override
    public String name() {
      return cloud.text();
    }
  }

  /**
   * A request for a larger quota.
   *
   * @param project whose people asked
   */
  record OfQuotaRequest(UUID request, ProjectId project) implements NoticeSubject {
    @Override
    public String name() {
      return project.toString();
    }
  }

  /** What a project may spend. */
  record OfBudget(ProjectId project) implements NoticeSubject {
    @Override
    public String name() {
      return project.toString();
    }
  }

  /** A webhook of the project. */
  record OfWebhook(UUID webhook) implements NoticeSubject {
    @Override
    public String name() {
      return webhook.toString();
    }
  }

  /** A campaign of the project, or over all tenants. */
  record OfCampaign(UUID campaign) implements NoticeSubject {
    @Override
    public String name() {
      return campaign.toString();
    }
  }
}
