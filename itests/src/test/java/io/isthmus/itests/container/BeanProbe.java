package io.isthmus.itests.container;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Put into a war, tells which application-scoped beans of the shared modules that war sees: the
 * class and the identity of the object behind the proxy, one line each.
 */
@WebServlet("/bean-probe")
public class BeanProbe extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Inject private transient BeanManager beans;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    PrintWriter out = response.getWriter();
    Context context = beans.getContext(ApplicationScoped.class);
    for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
      String name = bean.getBeanClass().getName();
      if (bean.getScope() == ApplicationScoped.class
          && name.matches("io\\.isthmus\\.(domain|openstack|identity)\\..*")) {
        out.println(name + " " + System.identityHashCode(instance(context, bean)));
      }
    }
  }

  private <T> T instance(Context context, Bean<T> bean) {
    return context.get(bean, beans.createCreationalContext(bean));
  }
}
