import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Asks the database of {@code ./isthmus run --database} whether Isthmus can live in it. The environment tells {@code
 * ISTHMUS_DATABASE_URL}, {@code ISTHMUS_DATABASE_USER} and {@code ISTHMUS_DATABASE_PASSWORD}. When it cannot: exit code
 * 1, and two lines, what is wrong and its remedy.
 */
final class Database {

  private static final String PATIENCE_SECONDS = "10";
  private static final int OLDEST_MAJOR = 14;

  private Database() {}

  public static void main(String[] arguments) {
    String url = System.getenv("ISTHMUS_DATABASE_URL");
    String user = System.getenv("ISTHMUS_DATABASE_USER");
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", System.getenv("ISTHMUS_DATABASE_PASSWORD"));
    properties.setProperty("connectTimeout", PATIENCE_SECONDS);
    properties.setProperty("loginTimeout", PATIENCE_SECONDS);
    properties.setProperty("socketTimeout", PATIENCE_SECONDS);
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < OLDEST_MAJOR) {
        fail(url + " is PostgreSQL " + major, "use PostgreSQL " + OLDEST_MAJOR + " or newer");
      }
      if (!mayCreateTables(connection)) {
        fail(
            "user " + user + " may not create tables in " + url,
            "make the user the database's owner: alter database NAME owner to " + user);
      }
    } catch (SQLException e) {
      fail(url, user, e);
    }
  }

  private static boolean mayCreateTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer =
            statement.executeQuery("select coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)")) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  private static void fail(String url, String user, SQLException e) {
    String said = " (" + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")";
    switch (String.valueOf(e.getSQLState())) {
      case "28P01", "28000" ->
          fail(
              url + " does not let user " + user + " in" + said,
              "check USER and PASSWORD in --database, and the server's pg_hba.conf");
      case "3D000" -> fail(url + " does not exist", "create it: create database NAME owner " + user);
      default ->
          fail(
              url + " does not answer as a PostgreSQL database does" + said,
              "start it, or check HOST and PORT in --database");
    }
  }

  private static void fail(String problem, String remedy) {
    System.out.println(problem);
    System.out.println(remedy);
    System.exit(1);
  }
}
