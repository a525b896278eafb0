//! What the web server answers, over real releases in a real database.

use app::routes::{PAGES, Page, locale_of};
use app::wire::site::PublishingBody;
use axum::http::{Method, StatusCode};
use model::{Locale, Text};
use store::testing::TestCluster;

use super::site::Site;
use super::story;
use super::workshop::Workshop;

/// The addresses of all pages, with an example of each, as the site itself lists them.
async fn addresses(site: &Site) -> Vec<(Locale, String)> {
    let list = site.get("/api/v1/pages.json").await.text;
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let of = |page: &serde_json::Value| {
        let address = page["example"].as_str().unwrap().to_owned();
        (locale_of(&address), address)
    };
    list["pages"].as_array().unwrap().iter().map(of).collect()
}

/// The part of a content security policy that starts with `name`.
fn directive<'a>(policy: &'a str, name: &str) -> &'a str {
    policy.split(';').map(str::trim).find(|d| d.starts_with(name)).unwrap_or("")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_answered_in_both_languages() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let site = Site::over(&workshop).await;

    for (locale, address) in addresses(&site).await {
        let page = site.get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{address}");
        assert!(page.text.contains(&format!("lang=\"{}\"", locale.tag())), "{address}");
        for needed in ["<title>", "<h1", "<main", "hreflang=\"vi\"", "hreflang=\"en\""] {
            assert!(page.text.contains(needed), "{address}: {needed}");
        }
        // The figures are on the page itself, marked as simulated, whatever the browser can do:
        // at its head, in its title and in what search engines show of it.
        assert!(page.text.contains("class=\"notice\""), "{address}");
        let simulated = match locale {
            Locale::Vi => ("(dữ liệu mô phỏng)</title>", "content=\"Dữ liệu mô phỏng. "),
            Locale::En => ("(simulated data)</title>", "content=\"Simulated data. "),
        };
        assert!(page.text.contains(simulated.0), "{address}");
        assert!(page.text.contains(simulated.1), "{address}");
        // Simulated figures have no publisher, and the next release is named.
        assert!(page.text.contains("class=\"publisher\""), "{address}");
        let next = if locale == Locale::Vi { "quý\u{a0}I/2026" } else { "Q1\u{a0}2026" };
        let earliest = if locale == Locale::Vi { "30/03/2026" } else { "30\u{a0}March\u{a0}2026" };
        assert!(page.text.contains(next) && page.text.contains(earliest), "{address}");
        assert!(!page.text.contains("class=\"waiting\""), "{address}");

        let policy = page.header("content-security-policy").to_owned();
        assert!(!policy.contains("unsafe-inline"), "{address}: {policy}");
        let nonce = policy.split("'nonce-").nth(1).and_then(|n| n.split('\'').next()).unwrap();
        assert!(page.text.contains(&format!("nonce=\"{nonce}\"")), "{address}");
        assert_eq!(directive(&policy, "default-src"), "default-src 'none'", "{address}");
        assert_eq!(directive(&policy, "worker-src"), "worker-src 'self'", "{address}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(page.header("cache-control"), "no-cache", "{address}");
    }

    // Who publishes is said where figures are real; of simulated ones nobody does.
    let body = PublishingBody {
        name: Text::new("Thanh tra thử nghiệm", "Trial Inspectorate"),
        contact: Some("lien-he@example.org".into()),
    };
    let asked = site.published_by(body).get_with("/fn/site", &[("host", "example.org")]).await;
    assert!(asked.text.contains("Trial Inspectorate"), "{}", asked.text);
    assert!(asked.text.contains(r#""origin":"http://example.org""#), "{}", asked.text);

    // The story's last quarter: 43 open, 12 new, 9 settled, 46 open.
    let flow = site.get("/vi/bang/case-flow?period=2025-Q4&kind=civil").await;
    for figure in ["43", "12", "9", "46"] {
        assert!(flow.text.contains(&format!(">{figure}<")), "{figure}");
    }
    // What its columns count is said with it, and the dictionary defines every column of every file.
    assert!(flow.text.contains("class=\"meanings\""));
    let dictionary = site.get("/en/data-dictionary").await;
    let tables = ["case-flow", "case-flow-area", "case-flow-body", "cases-by-field", "referrals"];
    for table in tables {
        let file = site.get(&format!("/api/v1/tables/{table}.csv")).await;
        let header = file.text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
        assert!(header.contains("item"), "{table}: {header}");
        for column in header.split(',') {
            let anchor = format!("id=\"column-{column}\"");
            assert!(dictionary.text.contains(&anchor), "{table}: {column}");
        }
    }

    // A filter that the table does not know is dropped: the page says which period it shows.
    let dropped = site.get("/en/tables/case-flow?period=1999-Q1&colour=red").await;
    assert_eq!(dropped.status, StatusCode::OK);
    assert!(dropped.text.contains("Q4 2025"));
    let english = site.get("/en/tables/case-flow?period=2025-Q4").await;
    assert!(english.text.contains("Case flow"), "the title is in English");

    // What one can ask for without a page: the same figures as JSON.
    let json = site.get("/fn/overview?period=2025-Q4").await;
    assert_eq!(json.status, StatusCode::OK, "{}", json.text);
    assert_eq!(json.header("content-type"), "application/json");
    assert!(json.text.contains(r#"["closing",{"value":{"shown":46},"id":""#), "{}", json.text);
    // And as a file, which the page leads to.
    let address = "/api/v1/tables/case-flow.csv?period=2025-Q4&kind=civil&by=kind-kind";
    let file = site.get(&format!("{address}&lang=vi")).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"case-flow.csv\"");
    let mut lines = file.text.lines();
    assert_eq!(
        lines.next(),
        Some(
            "\u{feff}period,from,to,area,area_name,kind,kind_name,item,item_name,unit,value,status,release,\
             published_on,figure,note"
        )
    );
    let closing = lines.find(|l| l.contains("civil") && l.contains(",closing,")).unwrap();
    assert!(closing.starts_with("2025-Q4,2025-09-15,2025-12-14,38,"), "{closing}");
    assert!(
        closing.contains(",46,,2025-Q4.1,") && closing.ends_with(",dữ liệu mô phỏng"),
        "{closing}"
    );
    let series = site.get("/api/v1/tables/case-flow.csv?by=period&lang=en").await;
    assert!(
        series.text.contains("2025-Q3,") && series.text.contains(",2025-Q3.1,"),
        "{}",
        series.text
    );
    assert!(
        flow.text.contains("/api/v1/tables/case-flow.csv?period=2025-Q4"),
        "no way to the file"
    );
    for address in ["/api/v1/tables/khong-co.csv", "/api/v1/tables/case-flow.xls"] {
        assert_eq!(site.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }

    // Members by periods: each cell of the page is a line of the file.
    let cube = "by=kind-kind&cols=period&item=closing";
    let page = site.get(&format!("/vi/kham-pha?table=case-flow&{cube}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let file = site.get(&format!("/api/v1/tables/case-flow.csv?{cube}&lang=en")).await;
    let closings: Vec<&str> = file.text.lines().skip(1).collect();
    assert!(closings.iter().all(|l| l.contains(",closing,")), "{closings:?}");
    for period in ["2025-Q3", "2025-Q4"] {
        assert!(
            closings.iter().any(|l| l.starts_with(period) && l.contains(",civil,")),
            "{period}"
        );
    }
    // As of the first release the second is not there; a release that never was leads nowhere.
    let then = site.get("/api/v1/tables/case-flow.csv?by=period&release=2025-Q3.1").await;
    assert!(then.text.contains("2025-Q3,") && !then.text.contains("2025-Q4"), "{}", then.text);
    let pinned = site.get("/en/explore?table=case-flow&release=2025-Q3.1").await;
    assert!(pinned.text.contains("A newer release is out."), "{}", pinned.text);
    for address in [
        "/en/explore?table=case-flow&release=2031-Q1.1",
        "/api/v1/tables/case-flow.csv?release=2031-Q1.1",
        "/vi/kham-pha?table=khong-co",
    ] {
        assert_eq!(site.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }

    let pages = site.get("/api/v1/pages.json").await;
    assert_eq!(pages.text.matches("\"path\"").count(), PAGES.len() * 2);
    assert!(pages.text.contains("/vi/ky-cong-bo/2025-Q4.1"));
    assert_eq!(site.get("/readyz").await.status, StatusCode::OK);

    // What is not there says so in the reader's language, with ways on.
    for (address, heading) in [
        ("/vi/khong-co", "Không có trang này"),
        ("/en/nowhere", "There is no such page"),
        ("/vi/bang/khong-co", "Không có trang này"),
        ("/en?period=1999-Q1", "There is no such page"),
        ("/en/areas/D999", "There is no such page"),
        ("/en/bodies/%27%20or%201%3D1", "There is no such page"),
        ("/vi/ky-cong-bo/2031-Q1.1", "Không có trang này"),
        ("/wp-login.php", "Không có trang này"),
    ] {
        let page = site.get(address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        assert!(page.text.to_lowercase().contains(&heading.to_lowercase()), "{address}");
        assert!(page.text.contains("class=\"ways\""), "{address}");
    }
    let error = site.get("/fn/table?id=khong-co").await;
    assert_eq!((error.status, error.text.as_str()), (StatusCode::NOT_FOUND, "\"NotFound\""));
    // An input that cannot be read tells nothing of what is inside.
    let bad = site.get("/fn/overview?period=%00").await;
    assert!(bad.status.is_client_error() || bad.status.is_server_error(), "{}", bad.status);
    assert!(!bad.text.contains("sqlx") && !bad.text.contains("missing field"), "{}", bad.text);

    // A database that is gone is said, and nothing of its name or cause.
    site.pool.close().await;
    for address in ["/vi", "/en/tables", "/fn/overview", "/readyz"] {
        let page = site.get(address).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
        assert_eq!(page.header("cache-control"), "no-cache", "{address}");
        for secret in ["sqlx", "portal_reader", "PoolClosed", "closed pool"] {
            assert!(!page.text.contains(secret), "{address}: {secret}");
        }
    }
    assert_eq!(site.get("/healthz").await.text, "ok\n");
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_first_release_the_portal_says_so() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let site = Site::over(&workshop).await;
    let page = site.get("/vi").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text.contains("class=\"ways\""), "{}", page.text);
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.text, "no release is visible yet\n");
    assert_eq!(site.get("/api/v1/pages.json").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_lead_to_the_language_asked_for_and_files_are_served() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    let site = Site::over(&workshop).await;

    let home = site.get("/").await;
    assert_eq!((home.status, home.header("location")), (StatusCode::TEMPORARY_REDIRECT, "/vi"));
    assert!(home.header("vary").contains("accept-language"));
    let english = site.get_with("/", &[("accept-language", "en-GB,en;q=0.9,vi;q=0.2")]).await;
    assert_eq!(english.header("location"), "/en");
    let slash = site.get("/en/tables/?period=2025").await;
    assert_eq!(slash.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(slash.header("location"), "/en/tables?period=2025");

    let style = site.get("/pkg/portal.css").await;
    assert_eq!((style.status, style.text.as_str()), (StatusCode::OK, "body{}"));
    assert_eq!(style.header("content-type"), "text/css");
    assert_eq!(
        style.header("content-security-policy"),
        "default-src 'none'; frame-ancestors 'none'"
    );
    assert_eq!(site.get("/favicon.svg").await.header("cache-control"), "public, max-age=2592000");

    // This site has no hashes in its names: no worker may keep its files, and no page asks for one.
    assert_eq!(site.get("/sw.js").await.status, StatusCode::NOT_FOUND);
    assert!(!site.get("/vi").await.text.contains("serviceWorker"));

    // Nothing outside the folder, nor a list of what is in it.
    std::fs::write(site.root.path().with_extension("secret"), "secret").unwrap();
    let name = site.root.path().file_name().unwrap().to_string_lossy().into_owned();
    for address in
        [format!("/pkg/../../{name}.secret"), format!("/..%2f{name}.secret"), "/pkg".into()]
    {
        let answer = site.get(&address).await;
        assert_ne!(answer.status, StatusCode::OK, "{address}");
        assert!(!answer.text.contains("secret\n") && answer.text != "secret", "{address}");
    }
    std::fs::remove_file(site.root.path().with_extension("secret")).unwrap();

    let accepted = [("accept-encoding", "br")];
    let (_, headers, _) = site.ask(Method::GET, "/vi/phuong-phap", &accepted).await;
    assert_eq!(headers["content-encoding"], "br");
    assert_eq!(headers["vary"], "accept-encoding");

    // What the build has compressed is sent as it is, to who can read it.
    let file = site.root.path().join("pkg/portal.x1y2.wasm");
    for (end, content) in [("wasm", "plain"), ("wasm.br", "well packed"), ("wasm.gz", "packed")] {
        std::fs::write(file.with_extension(end), content).unwrap();
    }
    for (accepted, encoding, content) in
        [("gzip, br", "br", "well packed"), ("gzip", "gzip", "packed"), ("identity", "", "plain")]
    {
        let answer = site.get_with("/pkg/portal.x1y2.wasm", &[("accept-encoding", accepted)]).await;
        assert_eq!((answer.header("content-encoding"), &*answer.text), (encoding, content));
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("vary"), "accept-encoding", "{accepted}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    }

    // Search engines find every page that has one address, in both languages.
    let host = [("host", "example.org"), ("x-forwarded-proto", "https")];
    let robots = site.get_with("/robots.txt", &host).await;
    assert!(robots.header("content-type").starts_with("text/plain"));
    for answers in ["/vi/tim-kiem", "/vi/kiem-chung?"] {
        assert!(robots.text.contains(&format!("\nDisallow: {answers}\n")), "{}", robots.text);
    }
    assert!(robots.text.ends_with("\nSitemap: https://example.org/sitemap.xml\n"));
    let map = site.get_with("/sitemap.xml", &host).await;
    assert_eq!(map.header("content-type"), "application/xml");
    for locale in Locale::ALL {
        for entry in &PAGES {
            let address = format!("<loc>https://example.org{}</loc>", entry.page.path(locale));
            assert_eq!(
                map.text.matches(&address).count(),
                // No page lists all figures.
                usize::from(!matches!(entry.page, Page::Search | Page::Figure)),
                "{address}"
            );
        }
    }
    assert_eq!(site.get("/sitemap.xml").await.status, StatusCode::NOT_FOUND);
    cluster.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn releases_and_revisions_come_as_feeds_in_both_languages() {
    let cluster = TestCluster::start().await.unwrap();
    let workshop = Workshop::new(&cluster).await;
    story::publish(&workshop).await;
    let archive = workshop.archive();
    workshop.revise(archive.bundles().last().unwrap(), |_, _| ()).await;
    let site = Site::over(&workshop).await;
    let host = [("host", "example.org")];
    for (locale, page, revision) in
        [("vi", "/vi/ky-cong-bo", "Sửa đổi lần 1"), ("en", "/en/releases", "Revision 1")]
    {
        let json = site.get_with(&format!("/feeds/releases.{locale}.json"), &host).await;
        assert_eq!(json.header("content-type"), "application/feed+json");
        let json: serde_json::Value = serde_json::from_str(&json.text).unwrap();
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(json["home_page_url"], format!("http://example.org{page}"));
        let items = json["items"].as_array().unwrap();
        assert_eq!(items.len(), 6);
        assert_eq!(items[0]["url"], format!("http://example.org{page}/2025-Q4.2"));
        assert!(items[0]["content_text"].as_str().unwrap().contains(revision), "{}", items[0]);

        let atom = site.get_with(&format!("/feeds/releases.{locale}.atom"), &host).await;
        assert_eq!(atom.header("content-type"), "application/atom+xml; charset=utf-8");
        let elements = elements(&atom.text);
        let count = |name: &str| elements.iter().filter(|(n, _)| n == name).count();
        // What RFC 4287 asks of a feed and of each entry.
        assert_eq!((count("entry"), count("id"), count("title"), count("updated")), (6, 7, 7, 7));
        assert_eq!(count("author"), 1);
        let ids: Vec<&str> =
            elements.iter().filter(|(n, _)| n == "id").map(|(_, text)| text.as_str()).collect();
        assert_eq!(ids[1], format!("http://example.org{page}/2025-Q4.2"));
        let words = |name: &str| elements.iter().find(|(n, _)| n == name).unwrap().1.clone();
        assert!(words("summary").contains(revision), "{}", atom.text);
        assert_eq!(words("updated"), "1970-01-01T00:00:00Z");
        let list = site.get(page).await.text;
        assert!(list.contains(&format!("/feeds/releases.{locale}.atom")), "{list}");
    }
    for nowhere in ["releases.fr.atom", "releases.vi.rss", "releases.atom", "x"] {
        let answer = site.get_with(&format!("/feeds/{nowhere}"), &host).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    assert_eq!(site.get("/feeds/releases.vi.atom").await.status, StatusCode::NOT_FOUND);
    cluster.stop().await.unwrap();
}

/// The elements of an XML document with their own text.
fn elements(xml: &str) -> Vec<(String, String)> {
    use quick_xml::events::Event;

    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open: Vec<usize> = Vec::new();
    let mut found: Vec<(String, String)> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(found.len());
                found.push((start.name().0.to_owned(), String::new()));
            }
            Event::Text(text) => {
                if let Some(&at) = open.last() {
                    found[at].1.push_str(text.trim());
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => return found,
            _ => {}
        }
    }
}
