package io.isthmus.openstack.quota;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudQuotaDriver;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets quotas with an administrator's credential. */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class OpenStackQuotas implements CloudQuotaDriver {

  private static final Logger LOG = Logger.getLogger(OpenStackQuotas.class.getName());

  /** By default policies, who may set quotas. */
  private static final String ADMIN = "admin";

  private Clouds clouds;

  @Inject
  OpenStackQuotas(Clouds clouds) {
    this.clouds = clouds;
  }

  /** For the container's proxy. */
  protected OpenStackQuotas() {}

  @Override
  public boolean maySet(CloudConnection connection) {
    CloudSession session = clouds.session(connection);
    return session.roles(session.deadline()).contains(ADMIN);
  }

  @Override
  public void set(CloudConnection by, String region, Account account, Map<LimitKind, Long> limits) {
    CloudSession session = clouds.session(by);
    Deadline deadline = session.deadline();
    Deque<Call> undo = new ArrayDeque<>();
    try {
      for (QuotaSet quotas : QuotaSet.ALL) {
        JsonObject wanted = quotas.write(limits);
        if (!wanted.isEmpty()) {
          String path = quotas.path() + account.id();
          JsonObject before =
              session.fetch(Call.get(quotas.service(), region, path), quotas.key(), deadline);
          // Kept first: a call without an answer may have had its effect.
          undo.push(Call.put(quotas.service(), region, path, quotas.before(before, limits)));
          session.send(Call.put(quotas.service(), region, path, wanted), deadline);
        }
      }
    } catch (FederationFault fault) {
      undo.forEach(call -> undo(session, call));
      throw fault;
    }
  }

  private static void undo(CloudSession session, Call call) {
    try {
      session.send(call, session.deadline());
    } catch (FederationFault fault) {
      LOG.log(Level.WARNING, "a quota of " + session.cloud() + " could not be put back", fault);
    }
  }
}
