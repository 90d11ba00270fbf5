package io.tanggap.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.reference.PackDirectory.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A pack of every kind of file and hardly any line, without a problem; tests break it in one place. */
final class SmallPack {
    private final Map<String, String> files = new LinkedHashMap<>();

    SmallPack() {
        files.put("pack.yaml", """
                id: small-1
                known_from: 2017-11-01T00:00:00+07:00
                city: "31"
                zone: Asia/Jakarta
                stale_after: P14D
                attribution: CRM
                nearest_within: 2km
                allowed_lateness: P3D
                reopen_within: P30D
                offer_lapses_after: P2D
                """);
        files.put("units.csv", """
                id,name,name_en,kind,level,parent,valid_from,valid_to,population,latitude,longitude,contact,successor,source
                31.71,Jakarta Pusat,Central Jakarta,territory,kota,,,,914000,-6.18,106.83,,,
                31.71.01,Menteng,,territory,kecamatan,31.71,,2018-01-01,,-6.19,106.84,,,
                31.71.01,Menteng Baru,,territory,kecamatan,31.72,2018-01-01,,,-6.19,106.84,,,
                31.72,Jakarta Utara,,territory,kota,,,,,-6.13,106.88,,,"assumed, all of it"
                31.73,Kota Baru,,territory,kota,,2018-01-01,,,-6.2,106.7,,,
                sda,Dinas SDA,,agency,dinas,,,,,,,112,,
                dlh,Dinas LH,,agency,dinas,31.71,2017-01-01,2019-01-01,,,,,sda,
                """);
        files.put("territories.geojson", """
                {"type": "FeatureCollection", "features": [
                 {"type": "Feature", "properties": {"unit": "31.71", "name": "x"}, "geometry":
                  {"type": "Polygon", "coordinates": [
                   [[106.8, -6.2], [106.9, -6.2], [106.9, -6.1], [106.8, -6.2]],
                   [[106.86, -6.18], [106.87, -6.18], [106.87, -6.17], [106.86, -6.18]]]}},
                 {"type": "Feature", "properties": {"unit": "31.72"}, "geometry":
                  {"type": "MultiPolygon", "coordinates": [
                   [[[106.8, -6.1], [106.9, -6.1], [106.9, -6.0], [106.8, -6.1]]],
                   [[[106.7, -6.1], [106.75, -6.1], [106.75, -6.0], [106.7, -6.1]]]]}}]}
                """);
        files.put("competence.csv", """
                category,territory,unit,valid_from,valid_to,source
                banjir,,sda,,,
                sampah,31.71,dlh,2017-01-01,2018-01-01,
                sampah,31.71,sda,2018-01-01,,
                sampah,31.72,31.72,,,
                """);
        files.put("policies.csv", """
                id,target,category,channel,level,within,calendar,valid_from,valid_to,source
                banjir-6h,resolution,banjir,qlue,,PT6H,,,,
                office,resolution,sampah,,,PT16H,office,,,
                rest,resolution,,,,P7D,,,,
                triage,triage,,,dinas,PT6H,office,,,
                dwell,dwell,,,,P5D,office,2017-01-01,,
                """);
        files.put("pauses.csv", """
                reason,target,cap,valid_from,valid_to,source
                CITIZEN_INFO,resolution,P10D,,2018-01-01,
                CITIZEN_INFO,,P14D,,,assumed
                CITIZEN_INFO,first_response,PT6H,,,
                """);
        files.put("calendars.csv", """
                calendar,weekday,from,to,valid_from,valid_to,source
                office,mon,07:30,12:00,,,
                office,mon,13:00,24:00,,,
                office,tue,07:30,16:00,,2018-01-01,
                office,tue,08:00,16:00,2018-01-01,,
                """);
        files.put("holidays.csv", """
                calendar,date,name,from,to,known_from,source
                office,2017-11-06,a monday,,,,
                office,2017-11-07,a tuesday,08:00,12:00,2017-10-01,
                office,2017-11-07,a tuesday,13:00,14:00,2017-10-01,
                """);
        files.put("categories.csv", """
                id,name,name_en,group,sensitive,source
                banjir,Banjir,Flood,water,false,
                sampah,Sampah,Waste,waste,true,
                """);
        files.put("labels.csv", """
                channel,label,category,source
                qlue,Genangan  Air,banjir,
                ,SAMPAH,sampah,
                """);
        files.put("channels.csv", """
                channel,silent_after,accounts,reopens_at_stars,source
                twitter,PT12H,783214  17461978,2,assumed
                crop,,,,
                """);
        files.put("routes.csv", """
                id,kind,target,threshold,after_working_days,category,channel,to,when,valid_from,valid_to,source
                half,threshold,,50,,banjir,qlue,holder,instant,,,assumed
                late,overdue,resolution,150,3,,,above:kota,,,2018-01-01,
                late,overdue,triage,100,,,,charged,digest,2018-01-01,,
                limbo,limbo,,100,,,,offered_to,,,,
                stale,stale,,,0,,,Territory,,,,
                feed,feed_silent,,,,,twitter,unit:sda,Instant,,,
                """);
        files.put("recipients.csv", """
                id,unit,means,address,language,digest_at,calendar,quiet_from,quiet_to,per_hour,valid_from,valid_to,source
                town,31.71,webhook,https://hooks.city.example:8443/town?a=b,id,06:00,office,22:00,05:30,3,,2018-01-01,
                town,31.71,email,desk@city.example,en,,,,,,2018-01-01,,assumed
                water,sda,file,dinas-sda,ID,,,,,,,,
                own,31.72,file,-,en,,,,,,,,
                """);
    }

    SmallPack with(String file, String content) {
        files.put(file, content);
        return this;
    }

    SmallPack without(String file) {
        files.remove(file);
        return this;
    }

    /** Replaces a text that is in the file. */
    SmallPack change(String file, String from, String to) {
        String content = files.get(file);
        assertThat(content).as("%s has what a test changes", file).contains(from);
        return with(file, content.replace(from, to));
    }

    Map<String, String> files() {
        return files;
    }

    Result read(Path directory) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PackDirectory.read(directory);
    }
}
