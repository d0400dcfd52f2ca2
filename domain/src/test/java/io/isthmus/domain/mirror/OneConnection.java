package io.isthmus.domain.mirror;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Hands out one open connection again and again, as a pool does to one thread. */
final class OneConnection {

  private static final Map<DataSource, Connection> OPEN = new HashMap<>();

  private OneConnection() {}

  static DataSource of(DataSource real) {
    Connection connection = OPEN.computeIfAbsent(real, OneConnection::open);
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> unclosed(connection));
  }

  private static Connection open(DataSource real) {
    try {
      return real.getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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
}
