package io.isthmus.domain.stack.store;

import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.usage.Observation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Makes each call of a store one transaction, as {@code @Transactional} does in the server. */
public final class TransactionPerCall {

  private final DataSource real;
  private final ThreadLocal<Connection> current = new ThreadLocal<>();

  public TransactionPerCall(DataSource real) {
    this.real = real;
  }

  /** Hands out the connection of the current call, and keeps it open until the call's end. */
  public DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> unclosed(current.get()));
  }

  private static Connection unclosed(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("close")
                    ? null
                    : method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A store of stacks, of whose changes nobody is told. */
  public StackStore stacks() {
    return stacks(audited -> {});
  }

  /**
   * The same, audited.
   *
   * @param audit takes records within the transaction
   */
  public StackStore stacks(Consumer<AuditRecord> audit) {
    return around(StackStore.class, store(audit, seen -> {}));
  }

  /**
   * The same, metered.
   *
   * @param meter takes what was seen to exist, within the transaction
   */
  public StackStore metered(Consumer<List<Observation>> meter) {
    return around(StackStore.class, store(audited -> {}, meter));
  }

  /** A store whose calls are part of the transaction of who calls it. */
  public StackStore inOneTransaction() {
    return store(audited -> {}, seen -> {});
  }

  private StackStore store(Consumer<AuditRecord> audit, Consumer<List<Observation>> meter) {
    return new JdbcStackStore(
        dataSource(),
        new SecretBox(List.of(new byte[32])),
        changed -> {},
        deleted -> {},
        addresses -> {},
        clouds -> {},
        audit,
        meter);
  }

  public <T> T around(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try (Connection connection = real.getConnection()) {
                connection.setAutoCommit(false);
                current.set(connection);
                try {
                  Object result = method.invoke(target, arguments);
                  connection.commit();
                  return result;
                } catch (InvocationTargetException e) {
                  connection.rollback();
                  throw e.getCause();
                } finally {
                  current.remove();
                }
              }
            }));
  }
}
