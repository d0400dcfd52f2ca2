package io.isthmus.domain.image;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Wakes and stops who reads and copies images. */
@Singleton
@Startup
@DependsOn("DomainStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class ImageStart {

  private static final Logger LOG = Logger.getLogger(ImageStart.class.getName());

  @Inject private ImageCopier copier;
  @Inject private ImageReader reader;

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "copy images")
  void wake() {
    try {
      copier.wake();
    } catch (RuntimeException e) {
      // A timer that throws is taken away by the container after a few times.
      LOG.log(Level.WARNING, "waking the copies of images", e);
    }
  }

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "read images")
  void read() {
    try {
      reader.wake();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "waking the reading of images", e);
    }
  }

  @PreDestroy
  void stop() {
    reader.stop();
    copier.stop();
  }
}
