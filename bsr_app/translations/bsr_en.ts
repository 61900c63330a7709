<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Opener</name>
    <message numerus="yes">
        <source>There are %n pictures.</source>
        <translation>
            <numerusform>There is %n picture.</numerusform>
            <numerusform>There are %n pictures.</numerusform>
        </translation>
    </message>
</context>
</TS>
