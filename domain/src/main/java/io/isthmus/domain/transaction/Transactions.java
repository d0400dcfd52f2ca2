package io.isthmus.domain.transaction;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.Callable;

/**
 * Does something in a transaction of the enterprise bean container's. What it throws is told as its
 * outcome, since the container would wrap it; whether it rolls back is said by who threw it.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Transactions {

  /**
   * What came of it.
   *
   * @param failure null when there is none
   */
  public record Outcome(Object answer, Exception failure) {

    private static Outcome of(Callable<Object> work) {
      try {
        return new Outcome(work.call(), null);
      } catch (Exception e) {
        return new Outcome(null, e);
      }
    }

    /** Its answer, or what it threw. */
    public Object get() throws Exception {
      if (failure != null) {
        throw failure;
      }
      return answer;
    }
  }

  /** In the transaction of the thread, or in one that is begun for it. */
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public Outcome required(Callable<Object> work) {
    return Outcome.of(work);
  }
}
