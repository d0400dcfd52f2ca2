package io.isthmus.ui.usage;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Stacked bars by cloud over time, drawn once wide and once for a phone; the same as a table. */
class UsageChart extends Div {

  private static final long serialVersionUID = 1L;

  private static final int WIDTH = 1080;
  private static final int HEIGHT = 260;
  private static final int PHONE_WIDTH = 358;
  private static final int PHONE_HEIGHT = 240;
  private static final int MOST_DECIMALS = 9;

  private final transient Formats formats = Reader.formats();

  UsageChart(UsageQuestion question, UsageFigures figures, Clouds clouds) {
    addClassName("stack");
    boolean byDay = question.byDay();
    UsageFigures.Unit unit = figures.unit();
    List<String> buckets = question.buckets();
    SortedMap<CloudId, Map<String, BigDecimal>> values = figures.values();
    String title = title(unit, byDay);
    Bars bars =
        new Bars(
            buckets.stream().map(bucket -> brief(bucket, byDay)).toList(),
            values.entrySet().stream()
                .map(
                    of ->
                        new Bars.Series(
                            of.getKey().text(),
                            clouds.hue(of.getKey()).cssClass(),
                            buckets.stream()
                                .map(
                                    bucket ->
                                        of.getValue()
                                            .getOrDefault(bucket, BigDecimal.ZERO)
                                            .doubleValue())
                                .toList()))
                .toList(),
            unit(unit));
    add(new H2(title));
    if (unit instanceof UsageFigures.Unit.ServerHours
        && figures.report().total().costs().size() > 1) {
      Paragraph why = new Paragraph(getTranslation("usage.chart-currencies"));
      why.addClassNames("quiet", "small");
      add(why);
    }
    add(
        picture(bars, WIDTH, HEIGHT, "wide-only", title, unit),
        picture(bars, PHONE_WIDTH, PHONE_HEIGHT, "phone-only", title, unit),
        table(title, buckets, byDay, values, unit));
  }

  private String title(UsageFigures.Unit unit, boolean byDay) {
    return getTranslation(
        "usage.chart-"
            + (unit instanceof UsageFigures.Unit.Money ? "cost" : "hours")
            + (byDay ? "-by-day" : "-by-month"));
  }

  private String unit(UsageFigures.Unit unit) {
    return unit instanceof UsageFigures.Unit.Money money
        ? money.currency()
        : getTranslation("usage.server-hours");
  }

  private String brief(String bucket, boolean byDay) {
    return byDay
        ? formats.shortDay(LocalDate.parse(bucket))
        : formats.shortMonth(YearMonth.parse(bucket));
  }

  private String value(UsageFigures.Unit unit, BigDecimal value) {
    return unit instanceof UsageFigures.Unit.Money money
        ? formats.money(value, money.currency())
        : formats.quantity(value);
  }

  private Div picture(
      Bars bars, int width, int height, String css, String title, UsageFigures.Unit unit) {
    NumberFormat number = NumberFormat.getInstance(getLocale());
    number.setMaximumFractionDigits(MOST_DECIMALS);
    Bars.Drawing drawing = bars.new Drawing(width, height, number::format);
    Svg svg = new Svg();
    svg.setSvg(
        drawing.svg(
            getTranslation("usage.chart-name", title),
            (bucket, name, value) ->
                getTranslation(
                    "usage.chart-piece", bucket, name, value(unit, BigDecimal.valueOf(value))),
            value -> value(unit, BigDecimal.valueOf(value))));
    Div frame = new Div(svg);
    frame.addClassNames("chart", css);
    return frame;
  }

  private NativeDetails table(
      String title,
      List<String> buckets,
      boolean byDay,
      SortedMap<CloudId, Map<String, BigDecimal>> values,
      UsageFigures.Unit unit) {
    Table<String> table =
        new Table<String>(title, bucket -> bucket)
            .text(
                getTranslation(byDay ? "usage.head-day" : "usage.head-month"),
                bucket -> bucketName(bucket, byDay));
    values.forEach(
        (cloud, of) ->
            table.number(
                cloud.text(),
                bucket -> of.containsKey(bucket) ? value(unit, of.get(bucket)) : "–"));
    table.setRows(
        buckets.stream()
            .filter(bucket -> values.values().stream().anyMatch(of -> of.containsKey(bucket)))
            .toList());
    return new NativeDetails(getTranslation("usage.chart-table"), table);
  }

  private String bucketName(String bucket, boolean byDay) {
    return byDay ? formats.day(LocalDate.parse(bucket)) : formats.month(YearMonth.parse(bucket));
  }
}
