package io.isthmus.domain.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Has the database explain each query, with what is bound in it, before it is made. */
final class Explained {

  private Explained() {}

  static Connection connection(DataSource database, List<String> plans) throws SQLException {
    Connection real = database.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              Object result = call(real, method, arguments);
              return method.getName().equals("prepareStatement")
                  ? statement(
                      (PreparedStatement) result,
                      real.prepareStatement("explain " + arguments[0]),
                      plans)
                  : result;
            });
  }

  private static PreparedStatement statement(
      PreparedStatement real, PreparedStatement explain, List<String> plans) {
    return (PreparedStatement)
        Proxy.newProxyInstance(
            PreparedStatement.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("set")) {
                call(explain, method, arguments);
              } else if (method.getName().equals("executeQuery")) {
                try (ResultSet lines = explain.executeQuery()) {
                  while (lines.next()) {
                    plans.add(lines.getString(1));
                  }
                }
              }
              return call(real, method, arguments);
            });
  }

  private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
