<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open a &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>Diese Liste &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Show in fol&amp;der</source>
        <translation>Im Ordner &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Close picture</source>
        <translation>Bild s&amp;chließen</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>O&amp;ptionen…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Copy result</source>
        <translation>Ergebnis &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>&amp;Undo crop</source>
        <translation>Zuschnitt &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>&amp;Crop again</source>
        <translation>Erneut &amp;zuschneiden</translation>
    </message>
    <message>
        <source>&amp;Enlarge</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Scale {0}×</source>
        <translation>Faktor {0}×</translation>
    </message>
    <message>
        <source>Other size</source>
        <translation>Andere Größe</translation>
    </message>
    <message>
        <source>Switch between &amp;binary and float</source>
        <translation>Zwischen &amp;Binär und Float wechseln</translation>
    </message>
    <message>
        <source>Close &amp;result</source>
        <translation>E&amp;rgebnis schließen</translation>
    </message>
    <message>
        <source>&amp;Measure quality…</source>
        <translation>&amp;Qualität messen…</translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation>&amp;Bild</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>&amp;Stapel</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>&amp;Start the batch</source>
        <translation>Stapel &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Pause or resume</source>
        <translation>&amp;Anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Cancel the batch</source>
        <translation>Stapel ab&amp;brechen</translation>
    </message>
    <message>
        <source>&amp;Retry what failed</source>
        <translation>&amp;Fehlgeschlagene wiederholen</translation>
    </message>
    <message>
        <source>Re&amp;move selected files</source>
        <translation>Ausgewählte &amp;entfernen</translation>
    </message>
    <message>
        <source>C&amp;lear the list</source>
        <translation>&amp;Liste leeren</translation>
    </message>
    <message>
        <source>&amp;Import a model…</source>
        <translation>Modell &amp;importieren…</translation>
    </message>
    <message>
        <source>Measure all &amp;speeds</source>
        <translation>Alle &amp;Geschwindigkeiten messen</translation>
    </message>
    <message>
        <source>&amp;Check all files</source>
        <translation>Alle Dateien &amp;prüfen</translation>
    </message>
    <message>
        <source>Show the models&apos; &amp;folder</source>
        <translation>&amp;Ordner der Modelle zeigen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Show the &amp;log</source>
        <translation>&amp;Protokoll zeigen</translation>
    </message>
    <message>
        <source>&amp;About BSR</source>
        <translation>&amp;Über BSR</translation>
    </message>
</context>
<context>
    <name>BatchList</name>
    <message>
        <source>All {0}</source>
        <translation>Alle {0}</translation>
    </message>
    <message>
        <source>Waiting {0}</source>
        <translation>Wartend {0}</translation>
    </message>
    <message>
        <source>Done {0}</source>
        <translation>Fertig {0}</translation>
    </message>
    <message>
        <source>Failed {0}</source>
        <translation>Fehler {0}</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>Bilder…</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>Files shown</source>
        <translation>Gezeigte Dateien</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Remove the selected files from the list</source>
        <translation>Die ausgewählten Dateien aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Empty the list</source>
        <translation>Die Liste leeren</translation>
    </message>
    <message>
        <source>Drop folders or pictures here</source>
        <translation>Ordner oder Bilder hierher ziehen</translation>
    </message>
    <message>
        <source>All of them are enlarged, one after the other. An interrupted batch continues where it stopped, and one bad file never stops the rest.</source>
        <translation>Alle werden nacheinander vergrößert. Ein unterbrochener Stapel geht weiter, wo er aufgehört hat, und eine schlechte Datei hält die übrigen nie auf.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>Größe in Pixeln</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Entfällt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message numerus="yes">
        <source>%n files were taken out of the list.</source>
        <translation>
            <numerusform>%n Datei wurde aus der Liste genommen.</numerusform>
            <numerusform>%n Dateien wurden aus der Liste genommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Scanning files: {0} of {1}</source>
        <translation>Dateien werden durchgesehen: {0} von {1}</translation>
    </message>
    <message>
        <source>The results need about {0}, but only {1} are free.</source>
        <translation>Die Ergebnisse brauchen etwa {0}, frei sind nur {1}.</translation>
    </message>
    <message>
        <source>The batch has ended</source>
        <translation>Der Stapel ist zu Ende</translation>
    </message>
    <message>
        <source>Cancelled. {0} done, {1} skipped, {2} failed; {3} remaining.</source>
        <translation>Abgebrochen. {0} fertig, {1} übersprungen, {2} fehlgeschlagen; {3} noch zu tun.</translation>
    </message>
    <message>
        <source>{0} done, {1} skipped, {2} failed in {3}, {4}</source>
        <translation>{0} fertig, {1} übersprungen, {2} fehlgeschlagen in {3}, {4}</translation>
    </message>
    <message>
        <source>A batch into {0} was interrupted: {1} done, {2} remaining.</source>
        <translation>Ein Stapel nach {0} wurde unterbrochen: {1} fertig, {2} noch offen.</translation>
    </message>
    <message>
        <source>{0} could not be enlarged.</source>
        <translation>{0} konnten nicht vergrößert werden.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>Nicht mehr fragen</translation>
    </message>
    <message numerus="yes">
        <source>Enlarge %n pictures</source>
        <translation>
            <numerusform>%n Bild vergrößern</numerusform>
            <numerusform>%n Bilder vergrößern</numerusform>
        </translation>
    </message>
    <message>
        <source>Add pictures or folders first.</source>
        <translation>Zuerst Bilder oder Ordner hinzufügen.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
</context>
<context>
    <name>BatchPanel</name>
    <message>
        <source>Waiting for other tasks…</source>
        <translation>Wartet auf andere Aufgaben …</translation>
    </message>
    <message>
        <source>{0} of {1} files · {2} of {3} MP</source>
        <translation>{0} von {1} · {2} von {3} MP</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Read subfolders too</source>
        <translation>Auch Unterordner lesen</translation>
    </message>
    <message>
        <source>Give other programs priority</source>
        <translation>Vorrang für andere Programme</translation>
    </message>
    <message>
        <source>Slower while other programs are busy</source>
        <translation>Langsamer, solange andere Programme arbeiten</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>Fortschritt des Stapels</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Results go to</source>
        <translation>Ergebnisse kommen nach</translation>
    </message>
    <message>
        <source>If the file exists</source>
        <translation>Wenn die Datei da ist</translation>
    </message>
    <message>
        <source>While it runs</source>
        <translation>Während der Arbeit</translation>
    </message>
    <message>
        <source>A new folder next to the pictures</source>
        <translation>Neuer Ordner neben den Bildern</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>Ordner der Ergebnisse</translation>
    </message>
</context>
<context>
    <name>BatchTable</name>
    <message>
        <source>Files of the batch</source>
        <translation>Dateien des Stapels</translation>
    </message>
</context>
<context>
    <name>BlinkCanvas</name>
    <message>
        <source>Enlarge the picture first: before and after take turns here</source>
        <translation>Zuerst das Bild vergrößern: hier wechseln Vorher und Nachher</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Enlarge the picture to compare it with its result</source>
        <translation>Bild vergrößern, um es mit dem Ergebnis zu vergleichen</translation>
    </message>
    <message>
        <source>Click or drag to select a region · Enter: everything visible · Esc: cancel</source>
        <translation>Klicken oder ziehen: Bereich wählen · Enter: alles Sichtbare · Esc: abbrechen</translation>
    </message>
</context>
<context>
    <name>Caption</name>
    <message>
        <source>Picture shown in pane {n}</source>
        <translation>Bild im Feld {n}</translation>
    </message>
    <message>
        <source>Close this result</source>
        <translation>Dieses Ergebnis schließen</translation>
    </message>
</context>
<context>
    <name>Cell</name>
    <message>
        <source>Original, bicubic</source>
        <translation>Original, bikubisch</translation>
    </message>
    <message>
        <source>for comparison</source>
        <translation>zum Vergleich</translation>
    </message>
    <message>
        <source>waiting…</source>
        <translation>wartet …</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>{model} verwenden</translation>
    </message>
    <message>
        <source>running…</source>
        <translation>läuft …</translation>
    </message>
</context>
<context>
    <name>CompareActions</name>
    <message>
        <source>{n} panes</source>
        <translation>{n} Felder</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Hineinzoomen</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Herauszoomen</translation>
    </message>
    <message>
        <source>Fit the window</source>
        <translation>Ins Fenster einpassen</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Swap left and right</source>
        <translation>Links und rechts tauschen</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Compare models here…</source>
        <translation>Modelle hier vergleichen …</translation>
    </message>
    <message>
        <source>Choose a region and run every installed model on it</source>
        <translation>Einen Ausschnitt wählen und jedes installierte Modell darauf anwenden</translation>
    </message>
    <message>
        <source>Crop…</source>
        <translation>Zuschneiden …</translation>
    </message>
    <message>
        <source>Choose the part of the picture that is kept</source>
        <translation>Den Teil des Bildes wählen, der bleibt</translation>
    </message>
    <message>
        <source>Copy the comparison</source>
        <translation>Vergleich kopieren</translation>
    </message>
    <message>
        <source>Save with the slider…</source>
        <translation>Mit dem Schieber speichern …</translation>
    </message>
    <message>
        <source>Save side by side…</source>
        <translation>Nebeneinander speichern …</translation>
    </message>
    <message>
        <source>Save as an animation…</source>
        <translation>Als Animation speichern …</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>Split with a slider</source>
        <translation>Geteilt mit Schieber</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Side by side, moving together</source>
        <translation>Nebeneinander, gemeinsam bewegt</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Where the two differ</source>
        <translation>Wo die beiden sich unterscheiden</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>Blinken</translation>
    </message>
    <message>
        <source>Alternating in the same place</source>
        <translation>Abwechselnd an derselben Stelle</translation>
    </message>
</context>
<context>
    <name>CompareBar</name>
    <message>
        <source>Number of panes</source>
        <translation>Zahl der Felder</translation>
    </message>
    <message>
        <source>Amplification of the difference</source>
        <translation>Verstärkung des Unterschieds</translation>
    </message>
    <message>
        <source>Share the comparison</source>
        <translation>Vergleich weitergeben</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>At 100 % a pixel of the result is a pixel of the screen</source>
        <translation>Bei 100 % ist ein Pixel des Ergebnisses ein Pixel des Bildschirms</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Before and after, with a slider</source>
        <translation>Vorher und nachher, mit Schieber</translation>
    </message>
    <message>
        <source>Difference of two pictures</source>
        <translation>Unterschied zweier Bilder</translation>
    </message>
    <message>
        <source>Two pictures in turn</source>
        <translation>Zwei Bilder im Wechsel</translation>
    </message>
    <message>
        <source>Pane {n}</source>
        <translation>Feld {n}</translation>
    </message>
</context>
<context>
    <name>ControlPanel</name>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>transparent</source>
        <translation>transparent</translation>
    </message>
    <message>
        <source>cropped</source>
        <translation>zugeschnitten</translation>
    </message>
    <message>
        <source>Waiting for other tasks…</source>
        <translation>Wartet auf andere Aufgaben …</translation>
    </message>
    <message>
        <source>The batch is paused</source>
        <translation>Der Stapel ist angehalten</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
</context>
<context>
    <name>CropBar</name>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Same as the picture</source>
        <translation>Wie das Bild</translation>
    </message>
    <message>
        <source>Turn the shape</source>
        <translation>Form drehen</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschneiden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>CropOverlay</name>
    <message>
        <source>Part of the picture that is kept</source>
        <translation>Teil des Bildes, der bleibt</translation>
    </message>
</context>
<context>
    <name>DifferenceCanvas</name>
    <message>
        <source>Enlarge the picture first: what the network changed is shown here</source>
        <translation>Zuerst das Bild vergrößern: hier erscheint, was das Netz verändert hat</translation>
    </message>
    <message>
        <source>difference of 255, ×{n}</source>
        <translation>Unterschied von 255, ×{n}</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Try one</source>
        <translation>Zum Ausprobieren</translation>
    </message>
    <message>
        <source>Recent pictures</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>Ein Bild hierher ziehen</translation>
    </message>
    <message>
        <source>It is enlarged on this computer; nothing is uploaded.</source>
        <translation>Es wird auf diesem Rechner vergrößert; nichts wird hochgeladen.</translation>
    </message>
    <message>
        <source>Several pictures or a folder become a batch.</source>
        <translation>Mehrere Bilder oder ein Ordner werden ein Stapel.</translation>
    </message>
    <message>
        <source>Open a picture…</source>
        <translation>Bild öffnen…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Cat</source>
        <translation>Katze</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>Kaffee</translation>
    </message>
</context>
<context>
    <name>Estimator</name>
    <message>
        <source>about {0}</source>
        <translation>etwa {0}</translation>
    </message>
    <message>
        <source>measuring…</source>
        <translation>wird gemessen …</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>{0} × {1} cm</source>
        <translation>{0} × {1} cm</translation>
    </message>
    <message>
        <source>A very large result: {0}, up to {1} as a file.</source>
        <translation>Ein sehr großes Ergebnis: {0}, als Datei bis zu {1}.</translation>
    </message>
    <message>
        <source>{0} holds at most {1} pixels a side; choose PNG or TIFF.</source>
        <translation>{0} fasst höchstens {1} Pixel je Seite; PNG oder TIFF wählen.</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Enlarge a picture</source>
        <translation>Ein Bild vergrößern</translation>
    </message>
    <message>
        <source>Drop a picture into the window, paste one, or open one from the File menu. Choose how large it is to become, then press Enlarge. Save writes the result beside the original; nothing is overwritten.</source>
        <translation>Ziehen Sie ein Bild ins Fenster, fügen Sie eines ein oder öffnen Sie eines über das Menü „Datei“. Wählen Sie, wie groß es werden soll, und drücken Sie „Vergrößern“. „Speichern“ schreibt das Ergebnis neben das Original; nichts wird überschrieben.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Drag the line between before and after. The buttons over the picture show both side by side, what differs, or one after the other. Compare models here runs every model on a part of your own picture.</source>
        <translation>Ziehen Sie die Linie zwischen vorher und nachher. Die Knöpfe über dem Bild zeigen beide nebeneinander, den Unterschied oder eines nach dem anderen. „Modelle hier vergleichen“ wendet jedes Modell auf einen Ausschnitt Ihres Bilds an.</translation>
    </message>
    <message>
        <source>Many pictures</source>
        <translation>Viele Bilder</translation>
    </message>
    <message>
        <source>Drop a folder, or go to the batch page. One bad file never stops the rest, and an interrupted batch goes on where it stopped.</source>
        <translation>Ziehen Sie einen Ordner ins Fenster, oder gehen Sie zur Seite „Stapel“. Eine schlechte Datei hält die übrigen nicht auf, und ein unterbrochener Stapel geht dort weiter, wo er stehen blieb.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Binary and float</source>
        <translation>Binär und Float</translation>
    </message>
    <message>
        <source>Binary weights take one bit each, so the processor counts bits instead of multiplying: several times faster, slightly less accurate. Float weights are ordinary numbers: take them for a single picture that matters. The panel says how large the difference is on this computer.</source>
        <translation>Binäre Gewichte brauchen je ein Bit; der Prozessor zählt Bits, wo er sonst multiplizieren würde: mehrmals so schnell, etwas weniger genau. Float-Gewichte sind gewöhnliche Zahlen: Nehmen Sie sie für ein einzelnes Bild, auf das es ankommt. Wie groß der Unterschied auf diesem Rechner ist, steht im Bedienfeld.</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>Sauber</translation>
    </message>
    <message>
        <source>For pictures from a camera, a scan or a renderer, and for JPEGs of high quality. It keeps everything that is in the picture, and invents nothing.</source>
        <translation>Für Bilder aus Kamera, Scanner oder Renderer und für JPEGs hoher Qualität. Es behält alles, was im Bild ist, und erfindet nichts dazu.</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>For pictures from the web, from messengers and from old cameras: it removes the blocks and smudges of strong compression while it enlarges. The clean-up slider says how far.</source>
        <translation>Für Bilder aus dem Netz, aus Messengern und von alten Kameras: Es entfernt beim Vergrößern die Blöcke und Flecken starker Kompression. Der Regler „Bereinigung“ sagt, wie weit.</translation>
    </message>
    <message>
        <source>Sharp</source>
        <translation>Scharf</translation>
    </message>
    <message>
        <source>For pictures that are to look crisp. Fine detail is invented and may differ from what was there: not for documents, maps or evidence.</source>
        <translation>Für Bilder, die knackig aussehen sollen. Feine Einzelheiten sind erfunden und können von der Wirklichkeit abweichen: nichts für Dokumente, Karten oder Beweise.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Looks at each picture and takes the family that suits it, of those that are installed. When in doubt, leave it.</source>
        <translation>Sieht jedes Bild an und nimmt von den installierten die Art, die dazu passt. Im Zweifel lassen Sie es so.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>Was gemessen wird</translation>
    </message>
    <message>
        <source>Measure quality makes your picture smaller, enlarges it again with each model and compares the results with the true pixels.</source>
        <translation>„Qualität messen“ verkleinert Ihr Bild, vergrößert es mit jedem Modell wieder und vergleicht die Ergebnisse mit den wahren Pixeln.</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>How small the errors are, in decibels: more is better, and 3 dB more is half the squared error. Less than 0.1 dB is hardly ever seen. Compare the models of one picture and one factor; numbers of different pictures say nothing about each other.</source>
        <translation>Wie klein die Fehler sind, in Dezibel: Mehr ist besser, und 3 dB mehr sind der halbe quadratische Fehler. Weniger als 0,1 dB sieht man kaum je. Vergleichen Sie die Modelle bei einem Bild und einem Faktor; Zahlen verschiedener Bilder sagen nichts übereinander.</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>How alike the structures are, up to 1 for pictures that are the same.</source>
        <translation>Wie ähnlich die Strukturen sind, bis 1 für gleiche Bilder.</translation>
    </message>
    <message>
        <source>What numbers cannot say</source>
        <translation>Was Zahlen nicht sagen</translation>
    </message>
    <message>
        <source>Which result looks best. An invented detail costs decibels though it may please; a blurred edge may cost few. Look at the pictures as well.</source>
        <translation>Welches Ergebnis am besten aussieht. Eine erfundene Einzelheit kostet Dezibel, auch wenn sie gefällt; eine unscharfe Kante kostet vielleicht wenige. Sehen Sie sich auch die Bilder an.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>Nichts verlässt diesen Rechner</translation>
    </message>
    <message>
        <source>BSR never uses the network: nothing is uploaded, and there are no accounts, no search for updates and no statistics.</source>
        <translation>BSR benutzt nie das Netz: Nichts wird hochgeladen, und es gibt keine Konten, keine Suche nach Updates und keine Statistik.</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>Was aufgehoben wird</translation>
    </message>
    <message>
        <source>The settings, the list of recent pictures, which can be cleared, and measured speeds. Results that are not saved yet lie in the cache folder; they are deleted when the program ends.</source>
        <translation>Die Einstellungen, die Liste der letzten Bilder, die sich leeren lässt, und gemessene Geschwindigkeiten. Ergebnisse, die noch nicht gespeichert sind, liegen im Cache-Ordner; sie werden gelöscht, wenn das Programm endet.</translation>
    </message>
</context>
<context>
    <name>Layers</name>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Preview · {0}</source>
        <translation>Vorschau · {0}</translation>
    </message>
    <message>
        <source>What is visible; Enlarge makes the whole</source>
        <translation>Was zu sehen ist; „Vergrößern“ macht das Ganze</translation>
    </message>
    <message>
        <source>{size} · being computed…</source>
        <translation>{size} · wird berechnet …</translation>
    </message>
    <message>
        <source>Original, bicubic</source>
        <translation>Original, bikubisch</translation>
    </message>
    <message>
        <source>Original, pixels</source>
        <translation>Original, Pixel</translation>
    </message>
    <message>
        <source>weights {0}</source>
        <translation>Gewichte {0}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>A picture is being enlarged.</source>
        <translation>Ein Bild wird gerade vergrößert.</translation>
    </message>
    <message>
        <source>Stop and open the other picture</source>
        <translation>Abbrechen und das andere Bild öffnen</translation>
    </message>
    <message>
        <source>Stop and close it</source>
        <translation>Abbrechen und schließen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>The result is closed.</source>
        <translation>Das Ergebnis ist geschlossen.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>The comparison is on the clipboard.</source>
        <translation>Der Vergleich ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The result is on the clipboard.</source>
        <translation>Das Ergebnis ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>An interrupted batch can be resumed.</source>
        <translation>Ein unterbrochener Stapel kann fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Nothing dropped was a picture.</source>
        <translation>Nichts davon ist ein Bild.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Z&amp;uletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>B&amp;earbeiten</translation>
    </message>
    <message>
        <source>E&amp;nlarge</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>&amp;Stapel</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>ModelForm</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>For comparison</source>
        <translation>Zum Vergleich</translation>
    </message>
    <message>
        <source>Removes artefacts where a picture shows those of JPEG.</source>
        <translation>Entfernt Artefakte, wo ein Bild die von JPEG zeigt.</translation>
    </message>
    <message>
        <source>Shows the blocks of a JPEG: artefacts are removed.</source>
        <translation>Zeigt die Blöcke eines JPEGs: Artefakte werden entfernt.</translation>
    </message>
    <message>
        <source>JPEG, quality about {0}: artefacts are removed.</source>
        <translation>JPEG, Qualität etwa {0}: Artefakte werden entfernt.</translation>
    </message>
    <message>
        <source>JPEG, quality about {0}: kept as it is.</source>
        <translation>JPEG, Qualität etwa {0}: bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Shows no blocks of a JPEG: kept as it is.</source>
        <translation>Zeigt keine Blöcke eines JPEGs: bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Clean-up</source>
        <translation>Bereinigung</translation>
    </message>
    <message>
        <source>How much of the artefacts is removed; with less, more fine detail is kept.</source>
        <translation>Wie viel der Artefakte entfernt wird; mit weniger bleiben mehr feine Details.</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>intact</source>
        <translation>unversehrt</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>importiert</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>{0} · trained on {1}</source>
        <translation>{0} · trainiert mit (auf Englisch): {1}</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>Als Standard</translation>
    </message>
    <message>
        <source>The model that the program starts with</source>
        <translation>Das Modell, mit dem das Programm beginnt</translation>
    </message>
    <message>
        <source>Remove this model</source>
        <translation>Dieses Modell entfernen</translation>
    </message>
    <message>
        <source>PSNR / SSIM, {0}</source>
        <translation>PSNR / SSIM, {0}</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>Tempo hier</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>{0} ({1} % of float)</source>
        <translation>{0} ({1} % von Float)</translation>
    </message>
    <message>
        <source>{0} dB</source>
        <translation>{0} dB</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>For comparison</source>
        <translation>Zum Vergleich</translation>
    </message>
    <message>
        <source>Networks as published: slower, included for comparison.</source>
        <translation>Netze wie veröffentlicht: langsamer, zum Vergleich dabei.</translation>
    </message>
    <message>
        <source>Imported: {0}.</source>
        <translation>Importiert: {0}.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Add a weights file; nothing in it is run</source>
        <translation>Eine Gewichtsdatei hinzufügen; nichts darin wird ausgeführt</translation>
    </message>
    <message>
        <source>Compare every file with its checksum</source>
        <translation>Jede Datei mit ihrer Prüfsumme vergleichen</translation>
    </message>
    <message>
        <source>Measure how fast every model is on this computer</source>
        <translation>Messen, wie schnell jedes Modell auf diesem Rechner ist</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Check files</source>
        <translation>Dateien prüfen</translation>
    </message>
    <message>
        <source>Measure all</source>
        <translation>Alle messen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Show the folder of your own models</source>
        <translation>Den Ordner der eigenen Modelle zeigen</translation>
    </message>
    <message>
        <source>Default weights</source>
        <translation>Vorgabe für Gewichte</translation>
    </message>
    <message>
        <source>The program starts with the default model. Without one it looks at each picture and takes the model that suits it.</source>
        <translation>Das Programm beginnt mit dem Standardmodell. Ohne eines sieht es jedes Bild an und nimmt das Modell, das dazu passt.</translation>
    </message>
    <message>
        <source>No model is installed. Import one.</source>
        <translation>Es ist kein Modell installiert. Importieren Sie eines.</translation>
    </message>
    <message>
        <source>Import models</source>
        <translation>Modelle importieren</translation>
    </message>
    <message>
        <source>Remove model</source>
        <translation>Modell entfernen</translation>
    </message>
    <message>
        <source>Delete the files of “{0}” from this computer?</source>
        <translation>Die Dateien von „{0}“ von diesem Rechner löschen?</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>Bilder öffnen</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message numerus="yes">
        <source>There are %n pictures.</source>
        <translation>
            <numerusform>Es ist %n Bild.</numerusform>
            <numerusform>Es sind %n Bilder.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add to the batch</source>
        <translation>In den Stapel legen</translation>
    </message>
    <message>
        <source>Open only the first</source>
        <translation>Nur das erste öffnen</translation>
    </message>
</context>
<context>
    <name>OptionsForm</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>On this machine about as fast as float, slightly less accurate.</source>
        <translation>Auf diesem Rechner etwa so schnell wie Float, etwas weniger genau.</translation>
    </message>
    <message>
        <source>Slightly more accurate; on this machine about as fast as binary.</source>
        <translation>Etwas genauer; auf diesem Rechner etwa so schnell wie Binär.</translation>
    </message>
    <message>
        <source>Much faster than float, slightly less accurate.</source>
        <translation>Viel schneller, etwas ungenauer.</translation>
    </message>
    <message>
        <source>Slightly more accurate than binary, and slower.</source>
        <translation>Etwas genauer als Binär, und langsamer.</translation>
    </message>
    <message>
        <source>About {0} times as fast as float here, slightly less accurate.</source>
        <translation>Hier etwa {0}-mal so schnell wie Float, etwas weniger genau.</translation>
    </message>
    <message>
        <source>Slightly more accurate; here it takes about {0} times as long.</source>
        <translation>Etwas genauer; dauert hier etwa {0}-mal so lange.</translation>
    </message>
    <message>
        <source>No model is installed.</source>
        <translation>Es ist kein Modell installiert.</translation>
    </message>
    <message>
        <source>No model is installed for this.</source>
        <translation>Dafür ist kein Modell installiert.</translation>
    </message>
    <message>
        <source>The picture is larger than that already.</source>
        <translation>Das Bild ist schon größer.</translation>
    </message>
    <message>
        <source>That would be {0} times as large; at most {1} times is possible.</source>
        <translation>Das wäre {0}-mal so groß; höchstens {1}-mal ist möglich.</translation>
    </message>
    <message>
        <source>This model has no float weights.</source>
        <translation>Dieses Modell hat keine Float-Gewichte.</translation>
    </message>
    <message>
        <source>This model has no binary weights.</source>
        <translation>Dieses Modell hat keine binären Gewichte.</translation>
    </message>
</context>
<context>
    <name>QualityChart</name>
    <message>
        <source>Chart of speed against quality</source>
        <translation>Diagramm von Tempo und Qualität</translation>
    </message>
    <message>
        <source>Quality: PSNR, bars start at bicubic</source>
        <translation>Qualität: PSNR, Balken beginnen bei bikubisch</translation>
    </message>
    <message>
        <source>Speed: megapixels per second</source>
        <translation>Tempo: Megapixel pro Sekunde</translation>
    </message>
    <message>
        <source>Bicubic {0}</source>
        <translation>Bikubisch {0}</translation>
    </message>
</context>
<context>
    <name>QualityTable</name>
    <message>
        <source>Models and what was measured</source>
        <translation>Modelle und Messwerte</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>PSNR, dB</source>
        <translation>PSNR, dB</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>MP/s</source>
        <translation>MP/s</translation>
    </message>
    <message>
        <source>Bicubic</source>
        <translation>Bikubisch</translation>
    </message>
</context>
<context>
    <name>QualityView</name>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Save table (CSV)…</source>
        <translation>Tabelle speichern (CSV) …</translation>
    </message>
    <message>
        <source>Save chart (PNG)…</source>
        <translation>Diagramm speichern (PNG) …</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>Zurück zum Bild</translation>
    </message>
    <message>
        <source>Measure quality</source>
        <translation>Qualität messen</translation>
    </message>
    <message>
        <source>Measured on the middle {0} pixels only.</source>
        <translation>Nur auf den mittleren {0} Pixeln gemessen.</translation>
    </message>
    <message>
        <source>The picture is reduced and enlarged again, so that the true pixels are known. Higher PSNR and SSIM mean closer to them; they do not say which result looks best, nor how a model handles the noise and blur of a real small picture.</source>
        <translation>Das Bild wird verkleinert und wieder vergrößert, damit die wahren Pixel bekannt sind. Höhere Werte für PSNR und SSIM heißen näher daran; sie sagen nicht, welches Ergebnis am besten aussieht, und nicht, wie ein Modell mit Rauschen und Unschärfe eines echten kleinen Bildes umgeht.</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>Diagramm speichern</translation>
    </message>
</context>
<context>
    <name>RegionGrid</name>
    <message>
        <source>Models that have run</source>
        <translation>Gelaufene Modelle</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>Zurück zum Bild</translation>
    </message>
    <message>
        <source>Compare models here</source>
        <translation>Modelle hier vergleichen</translation>
    </message>
    <message>
        <source>{0} pixels of the original, shown at {1}. Zoom or move one picture and all follow.</source>
        <translation>{0} Pixel des Originals, gezeigt mit {1}. Zoomen oder bewegen Sie ein Bild, und alle folgen.</translation>
    </message>
    <message>
        <source>Only the middle of a larger region is used, to keep this quick.</source>
        <translation>Nur die Mitte eines größeren Bereichs wird verwendet, damit es schnell geht.</translation>
    </message>
</context>
<context>
    <name>ResultsList</name>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Close this result</source>
        <translation>Dieses Ergebnis schließen</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Quality of JPEG and WebP files</source>
        <translation>Qualität von JPEG- und WebP-Dateien</translation>
    </message>
    <message>
        <source>Keep EXIF and XMP</source>
        <translation>EXIF und XMP behalten</translation>
    </message>
    <message>
        <source>The colour profile and the resolution are always kept</source>
        <translation>Farbprofil und Auflösung bleiben immer</translation>
    </message>
    <message>
        <source>Drag the result to another program</source>
        <translation>Das Ergebnis in ein anderes Programm ziehen</translation>
    </message>
    <message>
        <source>Copy the result</source>
        <translation>Das Ergebnis kopieren</translation>
    </message>
    <message>
        <source>Show the saved file in its folder</source>
        <translation>Die gespeicherte Datei im Ordner zeigen</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Saved in {0}</source>
        <translation>In {0} gespeichert</translation>
    </message>
</context>
<context>
    <name>SessionStrip</name>
    <message>
        <source>Pictures of this session</source>
        <translation>Bilder dieser Sitzung</translation>
    </message>
    <message>
        <source>This session</source>
        <translation>Diese Sitzung</translation>
    </message>
    <message>
        <source>{0}: not saved</source>
        <translation>{0}: nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Enlarging</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Cores left free</source>
        <translation>Frei gelassene Kerne</translation>
    </message>
    <message>
        <source>For other programs, while BSR enlarges pictures</source>
        <translation>Für andere Programme, während BSR Bilder vergrößert</translation>
    </message>
    <message>
        <source>All free memory</source>
        <translation>Aller freie Speicher</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>Speichergrenze</translation>
    </message>
    <message>
        <source>Next to the original</source>
        <translation>Neben dem Original</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Quality of JPEG and WebP</source>
        <translation>Qualität von JPEG und WebP</translation>
    </message>
    <message>
        <source>Keep EXIF and XMP</source>
        <translation>EXIF und XMP behalten</translation>
    </message>
    <message>
        <source>If the file exists</source>
        <translation>Wenn die Datei da ist</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Folder for results</source>
        <translation>Ordner für Ergebnisse</translation>
    </message>
    <message>
        <source>For example: {0}</source>
        <translation>Zum Beispiel: {0}</translation>
    </message>
    <message>
        <source>Give the full path of the folder.</source>
        <translation>Geben Sie den vollständigen Pfad des Ordners an.</translation>
    </message>
</context>
<context>
    <name>ShortcutsList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>In the picture</source>
        <translation>Im Bild</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>An der Zeigerstelle zoomen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Das Bild verschieben</translation>
    </message>
    <message>
        <source>Space and drag</source>
        <translation>Leertaste und ziehen</translation>
    </message>
    <message>
        <source>Fit the window or 100 %</source>
        <translation>Ans Fenster anpassen oder 100 %</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>Move the slider</source>
        <translation>Den Regler schieben</translation>
    </message>
    <message>
        <source>Drag, or arrow keys</source>
        <translation>Ziehen oder Pfeiltasten</translation>
    </message>
</context>
<context>
    <name>SizeForm</name>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Kind of size</source>
        <translation>Art der Größe</translation>
    </message>
    <message>
        <source>How to give the size: a factor, pixels, a print…</source>
        <translation>Wie die Größe angegeben wird: als Faktor, in Pixeln, als Druck …</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Fit into</source>
        <translation>Einpassen in</translation>
    </message>
    <message>
        <source>Megapixels</source>
        <translation>Megapixel</translation>
    </message>
    <message>
        <source>Print size</source>
        <translation>Druckgröße</translation>
    </message>
    <message>
        <source>Largest width</source>
        <translation>Größte Breite</translation>
    </message>
    <message>
        <source>Largest height</source>
        <translation>Größte Höhe</translation>
    </message>
    <message>
        <source>{0} MP</source>
        <translation>{0} MP</translation>
    </message>
    <message>
        <source>Width of the paper</source>
        <translation>Breite des Papiers</translation>
    </message>
    <message>
        <source>Height of the paper</source>
        <translation>Höhe des Papiers</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>cm</translation>
    </message>
    <message>
        <source>inch</source>
        <translation>Zoll</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>Punkte pro Zoll</translation>
    </message>
    <message>
        <source>Dots per inch of the print; written into the file</source>
        <translation>Punkte pro Zoll im Druck; steht dann in der Datei</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
</context>
<context>
    <name>SplitCanvas</name>
    <message>
        <source>Divider at {0} %</source>
        <translation>Teiler bei {0} %</translation>
    </message>
</context>
<context>
    <name>WindowSession</name>
    <message>
        <source>BSR ended before these results were saved: {0}</source>
        <translation>BSR endete, bevor diese Ergebnisse gespeichert wurden: {0}</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Delete them</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>The settings were damaged. They were moved to “{0}”; the defaults are used.</source>
        <translation>Die Einstellungen waren beschädigt. Sie wurden nach „{0}“ verschoben; es gelten die Vorgaben.</translation>
    </message>
    <message>
        <source>The settings in “{0}” cannot be used. What is changed is kept until BSR ends.</source>
        <translation>Die Einstellungen in „{0}“ können nicht verwendet werden. Änderungen gelten, bis BSR endet.</translation>
    </message>
</context>
<context>
    <name>choices</name>
    <message>
        <source>Same as the original</source>
        <translation>Wie das Original</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Skip it</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Add a number</source>
        <translation>Nummer anhängen</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>If the file exists</source>
        <translation>Wenn die Datei da ist</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Save the result</source>
        <translation>Ergebnis speichern</translation>
    </message>
    <message>
        <source>Save the comparison</source>
        <translation>Vergleich speichern</translation>
    </message>
    <message>
        <source>{0} exists already. Replace it?</source>
        <translation>{0} gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>BSR is still working</source>
        <translation>BSR arbeitet noch</translation>
    </message>
    <message>
        <source>Stop the work and close the window?</source>
        <translation>Die Arbeit abbrechen und das Fenster schließen?</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Abbrechen und schließen</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>Weiterarbeiten</translation>
    </message>
    <message>
        <source>Results are not saved</source>
        <translation>Ergebnisse sind nicht gespeichert</translation>
    </message>
    <message>
        <source>Results of these pictures are not saved:</source>
        <translation>Ergebnisse dieser Bilder sind nicht gespeichert:</translation>
    </message>
    <message>
        <source>BSR is still working; closing stops it.</source>
        <translation>BSR arbeitet noch; Schließen bricht die Arbeit ab.</translation>
    </message>
    <message>
        <source>Save all</source>
        <translation>Alle speichern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>BSR enlarges pictures on the processor alone, with a binarized neural network.

Version {0}. MIT licence. It never uses the network.</source>
        <translation>BSR vergrößert Bilder allein auf dem Prozessor, mit einem binarisierten neuronalen Netz.

Version {0}. MIT-Lizenz. Es benutzt nie das Internet.</translation>
    </message>
    <message>
        <source>About BSR</source>
        <translation>Über BSR</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>--dask needs the package distributed: pip install distributed. The built program, which runs without Python, cannot use it.</source>
        <translation>--dask braucht das Paket distributed: pip install distributed. Das gebaute Programm, das ohne Python läuft, kann es nicht nutzen.</translation>
    </message>
    <message>
        <source>A file cannot be used</source>
        <translation>Eine Datei kann nicht verwendet werden</translation>
    </message>
    <message>
        <source>A model {model} with {weights} weights is installed already and {owner}. {file} was not imported.</source>
        <translation>Ein Modell {model} mit {weights}-Gewichten ist schon installiert und {owner}. {file} wurde nicht importiert.</translation>
    </message>
    <message>
        <source>A result exists already.</source>
        <translation>Ein Ergebnis gibt es schon.</translation>
    </message>
    <message>
        <source>A scale of {scale} would fit.</source>
        <translation>Ein Faktor von {scale} würde passen.</translation>
    </message>
    <message>
        <source>A smaller part of the picture would fit.</source>
        <translation>Ein kleinerer Ausschnitt des Bilds würde passen.</translation>
    </message>
    <message>
        <source>Another batch is writing to {folder}. Wait until it ends, or stop it.</source>
        <translation>Ein anderer Stapel schreibt nach {folder}. Warten Sie, bis er endet, oder halten Sie ihn an.</translation>
    </message>
    <message>
        <source>Both sides must have {side} pixels or more to measure quality.</source>
        <translation>Um die Qualität zu messen, müssen beide Seiten mindestens {side} Pixel haben.</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller picture or scale.</source>
        <translation>Schließen Sie andere Programme, oder wählen Sie ein kleineres Bild oder einen kleineren Faktor.</translation>
    </message>
    <message>
        <source>Done earlier.</source>
        <translation>Früher erledigt.</translation>
    </message>
    <message>
        <source>Enlarging {width} x {height} pixels by {scale} takes {wanted} GB of memory; {available} GB may be used. {advice}</source>
        <translation>{width} x {height} Pixel {scale}-fach zu vergrößern braucht {wanted} GB Speicher; {available} GB dürfen benutzt werden. {advice}</translation>
    </message>
    <message>
        <source>Installed: {models}.</source>
        <translation>Installiert: {models}.</translation>
    </message>
    <message>
        <source>It cannot be opened: {reason}.</source>
        <translation>Lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <source>It is a link to a file outside the folder.</source>
        <translation>Ein Link auf eine Datei außerhalb des Ordners.</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>Nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>It is {kind}, not a file.</source>
        <translation>Das ist {kind}, keine Datei.</translation>
    </message>
    <message>
        <source>No Dask scheduler answers at {address}.{why}</source>
        <translation>Unter {address} antwortet kein Dask-Scheduler.{why}</translation>
    </message>
    <message>
        <source>No model is installed.</source>
        <translation>Es ist kein Modell installiert.</translation>
    </message>
    <message>
        <source>No {family} model has {weights} weights. {installed}</source>
        <translation>Kein Modell der Art {family} hat {weights}-Gewichte. {installed}</translation>
    </message>
    <message>
        <source>Not enough memory</source>
        <translation>Nicht genug Speicher</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>TLS needs certificates: give --dask-ca and --dask-cert, and --dask-key where the key has a file of its own.</source>
        <translation>TLS braucht Zertifikate: --dask-ca und --dask-cert angeben, dazu --dask-key, wenn der Schlüssel in einer eigenen Datei steht.</translation>
    </message>
    <message>
        <source>The Dask scheduler at {address} could run any code on this machine, and without TLS nobody knows who it is. Use a tls:// address, or --dask-insecure in a network that you trust wholly.</source>
        <translation>Der Dask-Scheduler unter {address} könnte beliebigen Code auf diesem Rechner ausführen, und ohne TLS weiß niemand, wer er ist. Nehmen Sie eine tls://-Adresse, oder --dask-insecure in einem Netz, dem Sie ganz vertrauen.</translation>
    </message>
    <message>
        <source>The Dask scheduler at {address} has no workers.</source>
        <translation>Der Dask-Scheduler unter {address} hat keine Worker.</translation>
    </message>
    <message>
        <source>The Dask scheduler at {address} was lost: {reason}.</source>
        <translation>Der Dask-Scheduler unter {address} ist verloren gegangen: {reason}.</translation>
    </message>
    <message>
        <source>The Dask scheduler has lost its jobs; it was probably restarted.</source>
        <translation>Der Dask-Scheduler hat seine Aufträge verloren; wahrscheinlich wurde er neu gestartet.</translation>
    </message>
    <message>
        <source>The batch in {folder} was started with other settings: {settings}. Resume it with the same settings, or start a new one without resuming.</source>
        <translation>Der Stapel in {folder} wurde mit anderen Einstellungen begonnen: {settings}. Setzen Sie ihn mit denselben fort, oder beginnen Sie einen neuen.</translation>
    </message>
    <message>
        <source>The details are in {file}.</source>
        <translation>Näheres steht in {file}.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full. Make room, then resume: what is finished is not done again.</source>
        <translation>Der Datenträger von {folder} ist voll. Schaffen Sie Platz und setzen Sie dann fort: Was fertig ist, wird nicht noch einmal gemacht.</translation>
    </message>
    <message>
        <source>The folder cannot be read: {reason}.</source>
        <translation>Der Ordner lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>The journal does not say what was requested.</source>
        <translation>Das Journal sagt nicht, was verlangt war.</translation>
    </message>
    <message>
        <source>The journal {file} cannot be read: {reason}.</source>
        <translation>Das Journal {file} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>The journal {file} cannot be written: {reason}.</source>
        <translation>Das Journal {file} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>The journal {file} is too large to be one.</source>
        <translation>{file} ist zu groß für ein Journal.</translation>
    </message>
    <message>
        <source>The journal {file} was written by another version of BSR (format {format}, this one knows {known}).</source>
        <translation>Das Journal {file} stammt von einer anderen Version von BSR (Format {format}; diese kennt {known}).</translation>
    </message>
    <message>
        <source>The model cannot be used</source>
        <translation>Das Modell kann nicht verwendet werden</translation>
    </message>
    <message>
        <source>The model {model} came with the program and cannot be removed.</source>
        <translation>Das Modell {model} gehört zum Programm und lässt sich nicht entfernen.</translation>
    </message>
    <message>
        <source>The model {model} on the worker differs from the one here.</source>
        <translation>Das Modell {model} auf dem Worker ist ein anderes als hier.</translation>
    </message>
    <message>
        <source>The name template {template} gives an empty file name.</source>
        <translation>Die Namensvorlage {template} ergibt einen leeren Dateinamen.</translation>
    </message>
    <message>
        <source>The name template {template} has the unknown placeholder {placeholder}. Known are {known}.</source>
        <translation>Die Namensvorlage {template} hat den unbekannten Platzhalter {placeholder}. Bekannt sind {known}.</translation>
    </message>
    <message>
        <source>The name was taken; the result becomes {file}.</source>
        <translation>Der Name war vergeben; das Ergebnis wird {file}.</translation>
    </message>
    <message>
        <source>The output folder {folder} can no longer be written to.</source>
        <translation>In den Ausgabeordner {folder} lässt sich nicht mehr schreiben.</translation>
    </message>
    <message>
        <source>The output folder {folder} cannot be used: {reason}.</source>
        <translation>Der Ausgabeordner {folder} ist nicht benutzbar: {reason}.</translation>
    </message>
    <message>
        <source>The output folder {folder} was deleted, moved or replaced during the work.</source>
        <translation>Der Ausgabeordner {folder} wurde während der Arbeit gelöscht, verschoben oder ersetzt.</translation>
    </message>
    <message>
        <source>The picture cannot be used</source>
        <translation>Das Bild kann nicht verwendet werden</translation>
    </message>
    <message>
        <source>The picture has {width} x {height} pixels, which is more than was asked for: there is nothing to enlarge.</source>
        <translation>Das Bild hat {width} x {height} Pixel und damit mehr als verlangt: Es gibt nichts zu vergrößern.</translation>
    </message>
    <message>
        <source>The system reports: {reason}.</source>
        <translation>Das System meldet: {reason}.</translation>
    </message>
    <message>
        <source>There are no pictures in {folder}.</source>
        <translation>In {folder} sind keine Bilder.</translation>
    </message>
    <message>
        <source>There is no model {model} to remove. {installed}</source>
        <translation>Es gibt kein Modell {model} zu entfernen. {installed}</translation>
    </message>
    <message>
        <source>There is no model {model} with {weights} weights. {installed}</source>
        <translation>Es gibt kein Modell {model} mit {weights}-Gewichten. {installed}</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation>Unerwarteter Fehler</translation>
    </message>
    <message>
        <source>Unexpected error ({kind}: {details}).</source>
        <translation>Unerwarteter Fehler ({kind}: {details}).</translation>
    </message>
    <message>
        <source>Writing {width} x {height} pixels as {format} takes {wanted} GB of memory; {available} GB may be used. PNG, JPEG and TIFF take less.</source>
        <translation>{width} x {height} Pixel als {format} zu schreiben braucht {wanted} GB Speicher; {available} GB dürfen benutzt werden. PNG, JPEG und TIFF brauchen weniger.</translation>
    </message>
    <message>
        <source>a DDS texture</source>
        <translation>eine DDS-Textur</translation>
    </message>
    <message>
        <source>a FITS picture</source>
        <translation>ein FITS-Bild</translation>
    </message>
    <message>
        <source>a GIMP file</source>
        <translation>eine GIMP-Datei</translation>
    </message>
    <message>
        <source>a HEIC picture</source>
        <translation>ein HEIC-Bild</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture</source>
        <translation>ein JPEG-2000-Bild</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>ein JPEG-XL-Bild</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>ein PDF-Dokument</translation>
    </message>
    <message>
        <source>a Photoshop file</source>
        <translation>eine Photoshop-Datei</translation>
    </message>
    <message>
        <source>a PostScript document</source>
        <translation>ein PostScript-Dokument</translation>
    </message>
    <message>
        <source>a QOI picture</source>
        <translation>ein QOI-Bild</translation>
    </message>
    <message>
        <source>a Radiance HDR picture</source>
        <translation>ein Radiance-HDR-Bild</translation>
    </message>
    <message>
        <source>a TGA picture</source>
        <translation>ein TGA-Bild</translation>
    </message>
    <message>
        <source>a ZIP archive or an office document</source>
        <translation>ein ZIP-Archiv oder ein Office-Dokument</translation>
    </message>
    <message>
        <source>a camera&apos;s raw file</source>
        <translation>eine Rohdatei einer Kamera</translation>
    </message>
    <message>
        <source>a device</source>
        <translation>ein Gerät</translation>
    </message>
    <message>
        <source>a file is there already</source>
        <translation>dort gibt es schon eine Datei</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>ein Ordner</translation>
    </message>
    <message>
        <source>a named pipe</source>
        <translation>eine benannte Pipe</translation>
    </message>
    <message>
        <source>a part of the path is not a folder</source>
        <translation>ein Teil des Pfads ist kein Ordner</translation>
    </message>
    <message>
        <source>a socket</source>
        <translation>ein Socket</translation>
    </message>
    <message>
        <source>a symbolic link</source>
        <translation>ein symbolischer Link</translation>
    </message>
    <message>
        <source>a video or a picture of another kind</source>
        <translation>ein Video oder ein Bild anderer Art</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>eine Webseite</translation>
    </message>
    <message>
        <source>an AVIF picture</source>
        <translation>ein AVIF-Bild</translation>
    </message>
    <message>
        <source>an OpenEXR picture</source>
        <translation>ein OpenEXR-Bild</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>eine SVG-Zeichnung</translation>
    </message>
    <message>
        <source>an XML file or an SVG drawing</source>
        <translation>eine XML-Datei oder SVG-Zeichnung</translation>
    </message>
    <message>
        <source>an icon</source>
        <translation>ein Symbol</translation>
    </message>
    <message>
        <source>another program is using the file</source>
        <translation>ein anderes Programm verwendet die Datei</translation>
    </message>
    <message>
        <source>begins with a small copy of its picture, and BSR reads the first page only</source>
        <translation>beginnt mit einer verkleinerten Kopie des Bildes, und BSR liest nur die erste Seite</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>gehört zum Programm</translation>
    </message>
    <message>
        <source>has no pixels</source>
        <translation>hat keine Pixel</translation>
    </message>
    <message>
        <source>holds more beside its picture than BSR looks through</source>
        <translation>enthält neben dem Bild mehr, als BSR durchsieht</translation>
    </message>
    <message>
        <source>is a camera&apos;s raw file: develop it to TIFF, PNG or JPEG first</source>
        <translation>ist die Rohdatei einer Kamera: Entwickeln Sie sie zuerst zu TIFF, PNG oder JPEG</translation>
    </message>
    <message>
        <source>is damaged</source>
        <translation>ist beschädigt</translation>
    </message>
    <message>
        <source>is damaged: a check sum is wrong</source>
        <translation>ist beschädigt: Eine Prüfsumme ist falsch</translation>
    </message>
    <message>
        <source>is damaged: a value is too large</source>
        <translation>ist beschädigt: Ein Wert ist zu groß</translation>
    </message>
    <message>
        <source>is damaged: it has too many scans</source>
        <translation>ist beschädigt: Es hat zu viele Durchgänge</translation>
    </message>
    <message>
        <source>is damaged: it holds far more than a picture of its size</source>
        <translation>ist beschädigt: Es enthält weit mehr als ein Bild seiner Größe</translation>
    </message>
    <message>
        <source>is damaged: it is far larger than its picture</source>
        <translation>ist beschädigt: Die Datei ist weit größer als ihr Bild</translation>
    </message>
    <message>
        <source>is damaged: its directory is too long</source>
        <translation>ist beschädigt: Das Verzeichnis ist zu lang</translation>
    </message>
    <message>
        <source>is damaged: its header has too many parts</source>
        <translation>ist beschädigt: Der Kopf hat zu viele Teile</translation>
    </message>
    <message>
        <source>is incomplete: a part of the picture is missing</source>
        <translation>ist unvollständig: Ein Teil des Bilds fehlt</translation>
    </message>
    <message>
        <source>is incomplete: the file ends too early</source>
        <translation>ist unvollständig: Die Datei endet zu früh</translation>
    </message>
    <message>
        <source>is not a picture of a kind that BSR knows</source>
        <translation>ist kein Bild einer Art, die BSR kennt</translation>
    </message>
    <message>
        <source>is too large: {width} x {height} pixels in a file of this kind, of which BSR reads at most {limit} megapixels</source>
        <translation>ist zu groß: {width} x {height} Pixel in einer Datei dieser Art, von der BSR höchstens {limit} Megapixel liest</translation>
    </message>
    <message>
        <source>is too large: {width} x {height} pixels, and BSR reads at most {limit} megapixels</source>
        <translation>ist zu groß: {width} x {height} Pixel, und BSR liest höchstens {limit} Megapixel</translation>
    </message>
    <message>
        <source>is yours</source>
        <translation>ist Ihres</translation>
    </message>
    <message>
        <source>is {kind}: BSR reads PNG, JPEG, WebP, TIFF, BMP, GIF and PPM pictures</source>
        <translation>ist {kind}: BSR liest Bilder in PNG, JPEG, WebP, TIFF, BMP, GIF und PPM</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>its symbolic links run in circles</source>
        <translation>die symbolischen Links laufen im Kreis</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>permission is denied</source>
        <translation>die Berechtigung fehlt</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>etwas anderes</translation>
    </message>
    <message>
        <source>takes too long to be looked at</source>
        <translation>braucht zu lange zum Durchsehen</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>der Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
        <source>the disk quota is used up</source>
        <translation>der zugeteilte Speicherplatz ist aufgebraucht</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>der Datenträger meldet einen Fehler</translation>
    </message>
    <message>
        <source>the file name has characters that the system does not know</source>
        <translation>der Dateiname hat Zeichen, die das System nicht kennt</translation>
    </message>
    <message>
        <source>the file name holds a null character</source>
        <translation>der Dateiname enthält ein Nullzeichen</translation>
    </message>
    <message>
        <source>the file name is too long</source>
        <translation>der Dateiname ist zu lang</translation>
    </message>
    <message>
        <source>the file or folder does not exist</source>
        <translation>es gibt die Datei oder den Ordner nicht</translation>
    </message>
    <message>
        <source>the file would be larger than the system allows</source>
        <translation>die Datei würde größer, als das System erlaubt</translation>
    </message>
    <message>
        <source>the picture cannot be encoded</source>
        <translation>das Bild lässt sich nicht kodieren</translation>
    </message>
    <message>
        <source>there is not enough memory</source>
        <translation>der Speicher reicht nicht</translation>
    </message>
    <message>
        <source>{candidate} has {width} x {height} pixels, which is not 1/{factor} of {file}.</source>
        <translation>{candidate} hat {width} x {height} Pixel, und das ist nicht 1/{factor} von {file}.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>{file} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}.</source>
        <translation>{file} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>{file} could not be read: {reason}.</source>
        <translation>{file} ließ sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>{file} does not describe a network: {problem}.</source>
        <translation>{file} beschreibt kein Netz (auf Englisch: {problem}).</translation>
    </message>
    <message>
        <source>{file} does not end in a format that BSR writes: {known}.</source>
        <translation>{file} endet nicht auf ein Format, das BSR schreibt: {known}.</translation>
    </message>
    <message>
        <source>{file} does not enlarge by {scale}.</source>
        <translation>{file} vergrößert nicht auf das {scale}-Fache.</translation>
    </message>
    <message>
        <source>{file} holds a number that is not finite, in {array}.</source>
        <translation>{file} enthält in {array} eine Zahl, die nicht endlich ist.</translation>
    </message>
    <message>
        <source>{file} holds an array too many: {array}.</source>
        <translation>{file} enthält ein Feld zu viel: {array}.</translation>
    </message>
    <message>
        <source>{file} is a folder, not a picture.</source>
        <translation>{file} ist ein Ordner, kein Bild.</translation>
    </message>
    <message>
        <source>{file} is a pickle or an archive, such as PyTorch writes; BSR never loads these.</source>
        <translation>{file} ist ein Pickle oder ein Archiv, wie PyTorch sie schreibt; BSR lädt so etwas nie.</translation>
    </message>
    <message>
        <source>{file} is a pipe, socket or device, not a file.</source>
        <translation>{file} ist eine Pipe, ein Socket oder ein Gerät, keine Datei.</translation>
    </message>
    <message>
        <source>{file} is a pipe, socket or device, not a picture.</source>
        <translation>{file} ist eine Pipe, ein Socket oder ein Gerät, kein Bild.</translation>
    </message>
    <message>
        <source>{file} is cut short: its header does not end.</source>
        <translation>{file} ist abgeschnitten: Der Kopf endet nicht.</translation>
    </message>
    <message>
        <source>{file} is cut short: {count} bytes are missing.</source>
        <translation>{file} ist abgeschnitten: {count} Bytes fehlen.</translation>
    </message>
    <message>
        <source>{file} is damaged: its header contradicts itself.</source>
        <translation>{file} ist beschädigt: Der Kopf widerspricht sich.</translation>
    </message>
    <message>
        <source>{file} is damaged: its header lacks {key}.</source>
        <translation>{file} ist beschädigt: Dem Kopf fehlt {key}.</translation>
    </message>
    <message>
        <source>{file} is damaged: its header makes no sense.</source>
        <translation>{file} ist beschädigt: Der Kopf ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>{file} is damaged: the array {array} is missing.</source>
        <translation>{file} ist beschädigt: Das Feld {array} fehlt.</translation>
    </message>
    <message>
        <source>{file} is damaged: there are bytes behind its end.</source>
        <translation>{file} ist beschädigt: Hinter dem Ende stehen noch Bytes.</translation>
    </message>
    <message>
        <source>{file} is damaged: {array} has the shape {shape} where {expected} is expected.</source>
        <translation>{file} ist beschädigt: {array} hat die Form {shape} statt {expected}.</translation>
    </message>
    <message>
        <source>{file} is damaged: {array} is of the wrong type.</source>
        <translation>{file} ist beschädigt: {array} ist vom falschen Typ.</translation>
    </message>
    <message>
        <source>{file} is empty.</source>
        <translation>{file} ist leer.</translation>
    </message>
    <message>
        <source>{file} is not a batch table, so it was not replaced.</source>
        <translation>{file} ist keine Tabelle eines Stapels und wurde deshalb nicht ersetzt.</translation>
    </message>
    <message>
        <source>{file} is not a BSR weights file.</source>
        <translation>{file} ist keine Gewichtedatei von BSR.</translation>
    </message>
    <message>
        <source>It has the name of an earlier result, but is not what was written then. To enlarge it, name the file itself.</source>
        <translation>Es trägt den Namen eines früheren Ergebnisses, ist aber nicht das, was damals geschrieben wurde. Um es zu vergrößern, geben Sie die Datei selbst an.</translation>
    </message>
    <message>
        <source>There is no earlier batch in {folder}, so nothing can be retried.</source>
        <translation>In {folder} gibt es keinen früheren Stapel, also auch nichts zu wiederholen.</translation>
    </message>
    <message>
        <source>is damaged, or its pixels are stored in a way that BSR does not know: save it as PNG first</source>
        <translation>ist beschädigt, oder ihre Pixel sind in einer Weise gespeichert, die BSR nicht kennt: Speichern Sie die Datei zuerst als PNG</translation>
    </message>
    <message>
        <source>{file} is not a journal of BSR and is left alone. Move it away, or choose another output folder.</source>
        <translation>{file} ist kein Journal von BSR und bleibt unberührt. Verschieben Sie die Datei, oder wählen Sie einen anderen Ausgabeordner.</translation>
    </message>
    <message>
        <source>{file} is not a safetensors file.</source>
        <translation>{file} ist keine safetensors-Datei.</translation>
    </message>
    <message>
        <source>{file} is of format version {version}; this program reads {known}.</source>
        <translation>{file} hat die Formatversion {version}; dieses Programm liest {known}.</translation>
    </message>
    <message>
        <source>{file} is too large for a weights file.</source>
        <translation>{file} ist zu groß für eine Gewichtedatei.</translation>
    </message>
    <message>
        <source>{file} is too small to measure on; {side} pixels are needed.</source>
        <translation>{file} ist zu klein zum Messen; nötig sind {side} Pixel.</translation>
    </message>
    <message>
        <source>{file} needs about {needed} MB in {folder}, and {free} MB are free. Make room, then resume: what is finished is not done again.</source>
        <translation>{file} braucht etwa {needed} MB in {folder}, und {free} MB sind frei. Schaffen Sie Platz und setzen Sie dann fort: Was fertig ist, wird nicht noch einmal gemacht.</translation>
    </message>
    <message>
        <source>{file} needs more memory than there is.</source>
        <translation>{file} braucht mehr Speicher, als da ist.</translation>
    </message>
    <message>
        <source>{file} needs the network {network}, unknown here.</source>
        <translation>{file} braucht das Netz {network}, das hier unbekannt ist.</translation>
    </message>
    <message>
        <source>{file} was altered or damaged: its checksum differs.</source>
        <translation>{file} wurde verändert oder beschädigt: Die Prüfsumme stimmt nicht.</translation>
    </message>
    <message>
        <source>{file} would overwrite the original. Give another name or another folder.</source>
        <translation>{file} würde das Original überschreiben. Wählen Sie einen anderen Namen oder Ordner.</translation>
    </message>
    <message>
        <source>{file} {problem}.</source>
        <translation>{file} {problem}.</translation>
    </message>
    <message>
        <source>{file}: the file was exchanged while the program was running.</source>
        <translation>{file}: Die Datei wurde ausgetauscht, während das Programm lief.</translation>
    </message>
    <message>
        <source>{file}: there is not enough memory for this picture.</source>
        <translation>{file}: Für dieses Bild reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>{file}: unexpected error ({kind}: {details}); the details are in the log.</source>
        <translation>{file}: unerwarteter Fehler ({kind}: {details}); Näheres steht im Protokoll.</translation>
    </message>
    <message>
        <source>{file}: {problem}</source>
        <translation>{file}: {problem}</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}: {reason}</translation>
    </message>
    <message>
        <source>{file}: {reason}.</source>
        <translation>{file}: {reason}.</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation>{first}, {second}</translation>
    </message>
    <message>
        <source>{folder} has no low-resolution picture for {file}.</source>
        <translation>{folder} hat kein Bild in niedriger Auflösung zu {file}.</translation>
    </message>
    <message>
        <source>{format} cannot hold the colours of this HDR picture: save it as PNG.</source>
        <translation>{format} kann die Farben dieses HDR-Bilds nicht fassen: Speichern Sie es als PNG.</translation>
    </message>
    <message>
        <source>{format} holds at most {limit} pixels a side and the picture is {width} x {height}: save it as PNG or TIFF, or choose a smaller scale.</source>
        <translation>{format} fasst höchstens {limit} Pixel je Seite, und das Bild hat {width} x {height}: Speichern Sie es als PNG oder TIFF, oder wählen Sie einen kleineren Faktor.</translation>
    </message>
    <message>
        <source>{setting} was {before} and is now {now}</source>
        <translation>{setting} war {before} und ist jetzt {now}</translation>
    </message>
    <message>
        <source>{there} Not usable: {files}.</source>
        <translation>{there} Nicht benutzbar: {files}.</translation>
    </message>
    <message>
        <source>{width} x {height} pixels would have to be enlarged {scale} times; at most {limit} times is possible.</source>
        <translation>{width} x {height} Pixel müssten {scale}-fach vergrößert werden; höchstens {limit}-fach ist möglich.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>less than {0} s</source>
        <translation>weniger als {0} s</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} h {1} min</translation>
    </message>
    <message>
        <source>{0} MP/s</source>
        <translation>{0} MP/s</translation>
    </message>
    <message>
        <source>{0} pixels</source>
        <translation>{0} Pixel</translation>
    </message>
    <message>
        <source>{0} MP</source>
        <translation>{0} MP</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>Sauber</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>Sharp</source>
        <translation>Scharf</translation>
    </message>
    <message>
        <source>Keeps everything that is in the picture.</source>
        <translation>Behält alles, was im Bild ist.</translation>
    </message>
    <message>
        <source>Removes the blocks and smudges of JPEG compression.</source>
        <translation>Entfernt die Blöcke und Flecken der JPEG-Kompression.</translation>
    </message>
    <message>
        <source>Crisp, with detail that is invented.</source>
        <translation>Knackig, mit erfundenen Details.</translation>
    </message>
    <message>
        <source>Binary</source>
        <translation>Binär</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>Float</translation>
    </message>
    <message>
        <source>{0}, clean-up {1} %</source>
        <translation>{0}, Bereinigung {1} %</translation>
    </message>
    <message>
        <source>Smaller than float, but not faster: only the weights are signs, the inputs stay real numbers.</source>
        <translation>Kleiner als Float, aber nicht schneller: Nur die Gewichte sind Vorzeichen, die Eingaben bleiben reelle Zahlen.</translation>
    </message>
    <message>
        <source>Scanning files</source>
        <translation>Dateien werden durchgesehen</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Enlarging</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Preparing for this processor, once…</source>
        <translation>Einmalige Vorbereitung auf diesen Prozessor …</translation>
    </message>
    <message>
        <source>“{0}” exists already; nothing was written.</source>
        <translation>„{0}“ gibt es schon; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>“{0}” is saved in “{1}” already.</source>
        <translation>„{0}“ ist schon in „{1}“ gespeichert.</translation>
    </message>
    <message>
        <source>Saved “{0}” in “{1}”.</source>
        <translation>„{0}“ in „{1}“ gespeichert.</translation>
    </message>
    <message>
        <source>Kept: {0}.</source>
        <translation>Behalten: {0}.</translation>
    </message>
    <message>
        <source>The file holds several pictures: this is the first.</source>
        <translation>Die Datei enthält mehrere Bilder: dies ist das erste.</translation>
    </message>
    <message>
        <source>Not kept: {0}.</source>
        <translation>Nicht behalten: {0}.</translation>
    </message>
    <message>
        <source>ICC profile</source>
        <translation>ICC-Profil</translation>
    </message>
    <message>
        <source>colours, as an ICC profile</source>
        <translation>Farben, als ICC-Profil</translation>
    </message>
    <message>
        <source>colours, as sRGB</source>
        <translation>Farben, als sRGB</translation>
    </message>
    <message>
        <source>resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>transparency</source>
        <translation>Transparenz</translation>
    </message>
    <message>
        <source>panorama mark</source>
        <translation>Panorama-Kennzeichnung</translation>
    </message>
    <message>
        <source>text beside the pixels</source>
        <translation>Text neben den Pixeln</translation>
    </message>
    <message>
        <source>HDR light levels</source>
        <translation>HDR-Lichtwerte</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
</context>
</TS>
