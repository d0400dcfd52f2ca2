package io.isthmus.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The native API, under {@code /api/v1}. */
@ApplicationPath("v1")
public class NativeApi extends Application {}
